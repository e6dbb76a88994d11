package io.mcm.h264;

import static io.mcm.h264.Aggregation.DON_LENGTH;
import static io.mcm.h264.Aggregation.DOND_LENGTH;
import static io.mcm.h264.Aggregation.SIZE_LENGTH;
import static io.mcm.h264.FragmentedUnit.HEADERS_LENGTH;
import static io.mcm.rtp.RtpPacket.FIXED_HEADER_LENGTH;

import io.mcm.rtp.RtpPacket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Makes RTP packets of NAL units in packetization mode 2 (RFC 6184 sections 5.5 to 5.8): STAP-B or MTAP for units that fit a packet,
 * FU-B and FU-A for others, out of decoding order as the pattern says. The units come in decoding order,
 * {@code beginAccessUnit nalUnit* endAccessUnit}; a group of them is held until the next unit or {@link #flush}.
 * The layouts stand at {@link Aggregation} and {@link FragmentedUnit}.
 */
public final class InterleavedPacketizer {

    private static final ValueLayout.OfByte U8 = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private static final int HEADER_OFFSET = FIXED_HEADER_LENGTH;
    private static final int FU_HEADER_OFFSET = HEADER_OFFSET + NalHeader.LENGTH;
    private static final int AGGREGATION_DON_OFFSET = HEADER_OFFSET + NalHeader.LENGTH;
    private static final int FRAGMENT_DON_OFFSET = HEADER_OFFSET + HEADERS_LENGTH;
    private static final int MAX_DOND = 0xff;
    /** RTP, STAP-B or FU-B headers and one byte. */
    private static final int MIN_PACKET_LENGTH = FIXED_HEADER_LENGTH + HEADERS_LENGTH + DON_LENGTH + 1;

    private final PacketizerConfig config;
    private final InterleavingPattern pattern;
    private final PacketSink sink;
    private final MemorySegment buffer;
    private final StoredUnit[] group;
    /** Which access unit each belongs to. */
    private final long[] accessUnits;
    private final StoredUnit[] packet;
    private final NalUnitOrigin origin = new NalUnitOrigin();

    private int grouped;
    private int inPacket;
    private int packetLength;
    /** Whether the pending packet's last unit is the last of its access unit to be sent. */
    private boolean marker;
    private int sequence;
    private long don;
    private long accessUnit;
    private boolean accessUnitOpen;

    /**
     * @param firstSequence of the first packet; its low 16 bits count
     * @param firstDon of the first unit; its low 16 bits count
     */
    public InterleavedPacketizer(PacketizerConfig config, InterleavingPattern pattern, int firstSequence, int firstDon, PacketSink sink) {
        if (config.mode() != PacketizationMode.INTERLEAVED) {
            throw new IllegalArgumentException("packetization mode " + config.mode() + "; only INTERLEAVED is interleaved");
        }
        if (config.maxPacketLength() < MIN_PACKET_LENGTH) {
            throw new IllegalArgumentException(
                "packets of " + config.maxPacketLength() + " bytes; mode 2 needs " + MIN_PACKET_LENGTH + " and more");
        }
        this.config = config;
        this.pattern = pattern;
        this.sink = sink;
        sequence = firstSequence;
        don = firstDon & 0xffff;
        buffer = Arena.ofAuto().allocate(config.maxPacketLength());
        group = new StoredUnit[pattern.group()];
        accessUnits = new long[pattern.group()];
        packet = new StoredUnit[pattern.group()];
    }

    /** @param timestamp of the following units, unsigned 32 bits, 90 kHz */
    public void beginAccessUnit(int timestamp) {
        if (accessUnitOpen) {
            throw new IllegalStateException("the access unit before has not been ended");
        }
        accessUnitOpen = true;
        accessUnit++;
        origin.set(0, timestamp, 0);
    }

    /**
     * The next NAL unit of the access unit.
     *
     * @param length bytes with the header byte, without start code; 1 or more
     * @throws IllegalArgumentException if it is empty or of a type that RTP takes for something else (0, 24 to 31)
     */
    public void nalUnit(MemorySegment from, long offset, int length) {
        NalHeader.check(from, offset, length);
        if (grouped == group.length) {
            sendGroup();
        }
        if (group[grouped] == null) {
            group[grouped] = new StoredUnit();
        }
        StoredUnit unit = group[grouped];
        unit.begin(origin, from.get(U8, offset) & 0xff, don++);
        int rest = length - NalHeader.LENGTH;
        if (unit.capacity() < rest) {
            unit.grow(Math.max(rest, StoredUnit.MIN_CAPACITY));
        }
        unit.append(from, offset + NalHeader.LENGTH, rest);
        accessUnits[grouped++] = accessUnit;
    }

    public void endAccessUnit() {
        accessUnitOpen = false;
    }

    /** Sends what is held back; a group that is not full is sent as it is. */
    public void flush() {
        sendGroup();
    }

    /** The low 16 bits are the sequence number of the next packet. */
    public int nextSequence() {
        return sequence;
    }

    private void sendGroup() {
        for (int first = 0; first < pattern.stride(); first++) {
            for (int i = first; i < grouped; i += pattern.stride()) {
                send(group[i], isLastSent(first, i));
            }
        }
        sendPacket();
        grouped = 0;
    }

    /** Whether no other unit of the same access unit comes later: in this round, in a later one, or in the next group. */
    private boolean isLastSent(int first, int index) {
        if (accessUnits[index] == accessUnit && accessUnitOpen) {
            return false;
        }
        for (int i = 0; i < grouped; i++) {
            int round = i % pattern.stride();
            if (accessUnits[i] == accessUnits[index] && (round > first || round == first && i > index)) {
                return false;
            }
        }
        return true;
    }

    private void send(StoredUnit unit, boolean last) {
        int length = FIXED_HEADER_LENGTH + NalHeader.LENGTH + DON_LENGTH + lengthInPacket(unit);
        if (length > config.maxPacketLength()) {
            sendPacket();
            fragments(unit, last);
            return;
        }
        if (!joins(unit)) {
            sendPacket();
            packetLength = FIXED_HEADER_LENGTH + NalHeader.LENGTH + DON_LENGTH;
        }
        packet[inPacket++] = unit;
        packetLength += lengthInPacket(unit);
        marker = last;
    }

    private int lengthInPacket(StoredUnit unit) {
        int tsOffset = pattern.structure().tsOffsetLength();
        return SIZE_LENGTH + (tsOffset > 0 ? DOND_LENGTH + tsOffset : 0) + NalHeader.LENGTH + unit.length();
    }

    private boolean joins(StoredUnit unit) {
        if (inPacket == 0 || !config.aggregate() || packetLength + lengthInPacket(unit) > config.maxPacketLength()) {
            return false;
        }
        if (pattern.structure() == InterleavingPattern.Structure.STAP_B) {
            StoredUnit before = packet[inPacket - 1];
            return unit.don() == before.don() + 1 && unit.timestamp() == before.timestamp();
        }
        packet[inPacket] = unit;
        StoredUnit earliest = earliest(inPacket + 1);
        for (int i = 0; i <= inPacket; i++) {
            if ((packet[i].timestamp() - earliest.timestamp() & 0xffff_ffffL) > pattern.structure().maxTsOffset()
                || packet[i].don() - lowestDon(inPacket + 1) > MAX_DOND) {
                return false;
            }
        }
        return true;
    }

    private StoredUnit earliest(int count) {
        StoredUnit earliest = packet[0];
        for (int i = 1; i < count; i++) {
            earliest = packet[i].timestamp() - earliest.timestamp() < 0 ? packet[i] : earliest;
        }
        return earliest;
    }

    private long lowestDon(int count) {
        long lowest = packet[0].don();
        for (int i = 1; i < count; i++) {
            lowest = Math.min(lowest, packet[i].don());
        }
        return lowest;
    }

    private void sendPacket() {
        if (inPacket == 0) {
            return;
        }
        int timestamp = earliest(inPacket).timestamp();
        long donBase = lowestDon(inPacket);
        int header = pattern.structure().type();
        int at = AGGREGATION_DON_OFFSET + DON_LENGTH;
        for (int i = 0; i < inPacket; i++) {
            header = Packetizer.aggregationHeader(header, packet[i].header());
            at = write(packet[i], at, donBase, timestamp);
        }
        buffer.set(U8, HEADER_OFFSET, (byte) header);
        buffer.set(U16, AGGREGATION_DON_OFFSET, (short) donBase);
        inPacket = 0;
        deliver(timestamp, at, marker);
    }

    /** One unit of an aggregation packet; gives where the next one goes. */
    private int write(StoredUnit unit, int at, long donBase, int timestamp) {
        buffer.set(U16, at, (short) (NalHeader.LENGTH + unit.length()));
        int next = at + SIZE_LENGTH;
        int tsOffset = pattern.structure().tsOffsetLength();
        if (tsOffset > 0) {
            buffer.set(U8, next, (byte) (unit.don() - donBase));
            next += DOND_LENGTH;
            for (int i = tsOffset - 1; i >= 0; i--) {
                buffer.set(U8, next++, (byte) (unit.timestamp() - timestamp >> Byte.SIZE * i));
            }
        }
        buffer.set(U8, next, (byte) unit.header());
        unit.copy(0, buffer, next + NalHeader.LENGTH, unit.length());
        return next + NalHeader.LENGTH + unit.length();
    }

    private void fragments(StoredUnit unit, boolean last) {
        int type = NalHeader.type(unit.header());
        for (int done = 0; done < unit.length();) {
            boolean first = done == 0;
            int start = first ? FRAGMENT_DON_OFFSET + DON_LENGTH : FRAGMENT_DON_OFFSET;
            int count = Math.min(unit.length() - done, config.maxPacketLength() - start);
            boolean end = done + count == unit.length();
            // A unit of so few bytes that it fits a single FU-B is cut in two: a fragment is never start and end (RFC 6184 section 5.8).
            if (first && end) {
                count--;
                end = false;
            }
            buffer.set(U8, HEADER_OFFSET, (byte) NalHeader.withType(unit.header(), first ? NalType.FU_B : NalType.FU_A));
            buffer.set(U8, FU_HEADER_OFFSET,
                (byte) ((first ? NalHeader.FU_START_MASK : 0) | (end ? NalHeader.FU_END_MASK : 0) | type));
            buffer.set(U16, FRAGMENT_DON_OFFSET, (short) unit.don());
            unit.copy(done, buffer, start, count);
            done += count;
            deliver(unit.timestamp(), start + count, last && end);
        }
    }

    private void deliver(int timestamp, int length, boolean withMarker) {
        RtpPacket.writeHeader(buffer, 0, config.payloadType(), sequence++, timestamp, config.ssrc());
        if (withMarker) {
            RtpPacket.writeMarker(buffer, 0);
        }
        sink.packet(buffer, 0, length);
    }
}
