package io.mcm.sdk;

import io.mcm.control.DeliveryUnit;
import io.mcm.control.UnitMetadata;
import java.lang.foreign.MemorySegment;

/**
 * A delivered unit, where the proxy wrote it. Valid until it is given back with {@link McmConnection#enqueue} or the connection is closed,
 * whatever becomes of the proxy; after that its data must not be used: another unit may lie there.
 */
public final class McmBuffer {

    private final McmConnection owner;
    private Link link;
    private MemorySegment segment = MemorySegment.NULL;
    private long offset;
    private int length;
    /** Of the metadata, before the unit's bytes; 0 where there is none. */
    private int metadataLength;
    private int sequence;
    private int timestamp;
    private int ticket;
    private boolean held;

    McmBuffer(McmConnection owner) {
        this.owner = owner;
    }

    /** The unit is the link's current packet, which is held from now on. */
    void fill(Link of, int firstSequence, int firstTimestamp) {
        link = of;
        sequence = firstSequence;
        timestamp = firstTimestamp;
        ticket = of.hold();
        held = true;
    }

    /** So many bytes of metadata lie at {@code at}, and behind them those of the unit. */
    void place(MemorySegment in, long at, int metadata, int bytes) {
        segment = in;
        offset = at + metadata;
        metadataLength = metadata;
        length = bytes;
    }

    /**
     * The unit's memory may be used again; from now on it is not held.
     *
     * @return the link that it came over
     */
    Link giveBack(McmConnection to) {
        if (to != owner) {
            throw new IllegalArgumentException("buffer of session " + owner.sessionId() + " enqueued to session " + to.sessionId());
        }
        if (!held) {
            throw new IllegalStateException("buffer enqueued twice");
        }
        held = false;
        place(MemorySegment.NULL, 0, 0, 0);
        return link;
    }

    int ticket() {
        return ticket;
    }

    /** RTP sequence number of the unit's first packet, 0 to 65,535. */
    public int sequence() {
        return sequence;
    }

    /** RTP timestamp of the unit's first packet, unsigned 32 bits at 90 kHz. */
    public int timestamp() {
        return timestamp;
    }

    /** Bytes of {@link #data()}. */
    public int length() {
        return length;
    }

    /**
     * The Annex B byte stream of the unit: a start code, then a NAL unit, maybe more of both. A new view with each call; who must not
     * allocate reads {@link #segment()} from {@link #offset()} on.
     */
    public MemorySegment data() {
        return segment.asSlice(offset, length);
    }

    /** The memory that the unit lies in, with others beside it. */
    public MemorySegment segment() {
        return segment;
    }

    /** Where in {@link #segment()} the unit starts. */
    public long offset() {
        return offset;
    }

    /**
     * Whether the proxy tells more of the unit than sequence, timestamp and length: ours does, upstream's does not. Where it is false the
     * methods below throw {@link IllegalStateException}.
     */
    public boolean hasMetadata() {
        return metadataLength > 0;
    }

    private long metadata() {
        if (metadataLength == 0) {
            throw new IllegalStateException("the proxy of this session sends no metadata, or the buffer was given back");
        }
        return offset - metadataLength;
    }

    private boolean has(int flag) {
        return (UnitMetadata.flags(segment, metadata()) & flag) != 0;
    }

    /** What the buffer holds; null for a unit that this SDK does not know. */
    public DeliveryUnit unit() {
        return UnitMetadata.unit(segment, metadata());
    }

    /** {@code nal_unit_type} of the first NAL unit, 1 to 23; in unit {@code fragment} that of the payload, 1 to 29. */
    public int nalType() {
        return UnitMetadata.nalType(segment, metadata());
    }

    /**
     * Whether something is missing between the unit that was delivered last and this one: packets, NAL units that never became whole, units
     * that the loss policy left out, units that found this consumer's ring full.
     */
    public boolean isAfterGap() {
        return has(UnitMetadata.GAP);
    }

    /** Packets that were lost between the first packet of the unit that was delivered last and that of this one: 0 to 2^32-1, where it stays. */
    public long packetsLost() {
        return UnitMetadata.packetsLost(segment, metadata());
    }

    /** Whether NAL units of this access unit were left out of it (unit {@code access-unit} only). */
    public boolean isIncomplete() {
        return has(UnitMetadata.INCOMPLETE);
    }

    /** Whether it has a slice of an IDR picture. In unit {@code fragment} that is told of single NAL unit packets only. */
    public boolean isIdr() {
        return has(UnitMetadata.IDR);
    }

    /** Whether it is the first of its access unit that is delivered. */
    public boolean startsAccessUnit() {
        return has(UnitMetadata.ACCESS_UNIT_START);
    }

    /** Whether it is known to be the last of its access unit. False does not say that more comes: a camera may send no marker. */
    public boolean endsAccessUnit() {
        return has(UnitMetadata.ACCESS_UNIT_END);
    }

    /** Whether it is the first unit of a stream for this consumer: of all, or after the camera restarted or another took its place. */
    public boolean isNewStream() {
        return has(UnitMetadata.NEW_STREAM);
    }

    /** Whether the proxy put parameter sets into it, or made it of one, that the camera did not send here. */
    public boolean hasInsertedParameterSets() {
        return has(UnitMetadata.PARAMETER_SETS_INSERTED);
    }

    /** Whether its sender says that a NAL unit in it has bit errors ({@code forbidden_zero_bit}). */
    public boolean hasForbiddenBit() {
        return has(UnitMetadata.FORBIDDEN_BIT);
    }

    /** RTP sequence number of the unit's first packet without wraps; the low 16 bits are {@link #sequence()}. */
    public long extendedSequence() {
        return UnitMetadata.extendedSequence(segment, metadata());
    }

    /**
     * RTP time of the unit's first packet in ticks of 90 kHz, without wraps. Where a stream follows another it goes on by the time that passed
     * between the two, so that it never starts anew for this consumer.
     */
    public long extendedTimestamp() {
        return UnitMetadata.extendedTimestamp(segment, metadata());
    }

    /** When the proxy took the unit's first packet from its socket: ns of CLOCK_MONOTONIC, comparable with {@link System#nanoTime}. */
    public long arrivalNanos() {
        return UnitMetadata.arrivalNanos(segment, metadata());
    }

    /** The camera's wall clock at the unit's timestamp: seconds since 1900-01-01 UTC in 32.32 fixed point; 0 until it sent a report. */
    public long ntpTime() {
        return UnitMetadata.ntpTime(segment, metadata());
    }
}
