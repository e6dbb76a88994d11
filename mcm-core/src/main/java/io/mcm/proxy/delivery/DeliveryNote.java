package io.mcm.proxy.delivery;

import io.mcm.control.DeliveryUnit;
import io.mcm.control.UnitMetadata;
import io.mcm.h264.NalHeader;
import io.mcm.h264.NalType;
import io.mcm.h264.NalUnitOrigin;
import io.mcm.rtp.MediaClock;
import java.lang.foreign.MemorySegment;
import java.util.function.IntToLongFunction;

/**
 * What goes with the unit that is being written, as its {@link UnitMetadata}. What was lost is kept until a delivered unit has told it: what
 * came before a unit was begun with that one, what came since with the next.
 */
final class DeliveryNote {

    private final DeliveryUnit unit;
    private final IntToLongFunction wallClock;
    private final MediaClock mediaClock = new MediaClock();
    private final NalUnitOrigin origin = new NalUnitOrigin();
    private boolean newStream = true;
    private boolean accessUnitStarts = true;
    private boolean gap;
    private long packetsLost;
    private boolean gapSince;
    private long packetsLostSince;
    private int flags;
    private int nalType;
    /** Where the last one lies while nobody has seen it; null where there is none. */
    private MemorySegment unseen;
    private long unseenBase;
    private int unseenFlags;

    /** @param wallClock the NTP time of an RTP timestamp, 0 where it is not known */
    DeliveryNote(DeliveryUnit unit, IntToLongFunction wallClock) {
        this.unit = unit;
        this.wallClock = wallClock;
    }

    /** So many packets will never come. */
    void lost(int packets) {
        packetsLostSince += packets;
        gapSince = true;
    }

    /** Something else was left out. */
    void leftOut() {
        gapSince = true;
    }

    /** What follows goes to another consumer, who does not miss what came before. */
    void beginConsumer() {
        gap = false;
        packetsLost = 0;
        gapSince = false;
        packetsLostSince = 0;
        newStream = true;
        accessUnitStarts = true;
        unseen = null;
    }

    /** What follows is another stream. */
    void beginStream() {
        mediaClock.restart();
        newStream = true;
        accessUnitStarts = true;
        unseen = null;
    }

    /** The unit that is begun starts with this packet. */
    void open(NalUnitOrigin first) {
        origin.set(first);
        gap |= gapSince;
        packetsLost += packetsLostSince;
        gapSince = false;
        packetsLostSince = 0;
        flags = 0;
        nalType = 0;
    }

    /** The unit has a NAL unit that begins with this byte. */
    void contain(int header) {
        int type = NalHeader.type(header);
        nalType = nalType == 0 ? type : nalType;
        flags |= type == NalType.IDR_SLICE ? UnitMetadata.IDR : 0;
        flags |= NalHeader.isForbidden(header) ? UnitMetadata.FORBIDDEN_BIT : 0;
    }

    /** The unit has this {@link UnitMetadata} flag. */
    void flag(int flag) {
        flags |= flag;
    }

    /** The unit goes on its way. */
    void write(MemorySegment segment, long base) {
        flags |= gap ? UnitMetadata.GAP : 0;
        flags |= newStream ? UnitMetadata.NEW_STREAM : 0;
        flags |= accessUnitStarts ? UnitMetadata.ACCESS_UNIT_START : 0;
        UnitMetadata.write(segment, base, unit, nalType, flags, packetsLost);
        long timestamp = mediaClock.extend(origin.timestamp(), origin.arrivalNanos());
        long ntpTime = wallClock.applyAsLong(origin.timestamp());
        UnitMetadata.setOrigin(segment, base, origin.extendedSequence(), timestamp, origin.arrivalNanos(), ntpTime);
        gap = false;
        packetsLost = 0;
        newStream = false;
        accessUnitStarts = false;
        unseen = segment;
        unseenBase = base;
        unseenFlags = flags;
    }

    /** The access unit of the last unit ends with it; which is told where nobody has seen that one yet. */
    void endAccessUnit() {
        accessUnitStarts = true;
        if (unseen != null) {
            UnitMetadata.setFlags(unseen, unseenBase, unseenFlags | UnitMetadata.ACCESS_UNIT_END);
            unseen = null;
        }
    }

    /** The consumer sees what was written. */
    void show() {
        unseen = null;
    }
}
