package io.mcm.h264;

import static io.mcm.h264.H264Counter.*;

import io.mcm.metric.Counters;
import io.mcm.rtp.RtpPacket;

/**
 * The NAL units of an aggregation packet, one after the other and in place (RFC 6184 sections 5.7.1 and 5.7.2).
 *
 * <pre>
 *   STAP-A   |H |             size | unit | size | unit ...          H: header, 1 byte
 *   STAP-B   |H | DON  |      size | unit | size | unit ...          DON of the first unit, each next one's is one more
 *   MTAP16   |H | DONB | size |d | ts    | unit | size |d | ts ...   d: DON less DONB, 1 byte
 *   MTAP24   |H | DONB | size |d | ts      | unit ...                ts: timestamp less the packet's, 16 or 24 bits
 *                 u16    u16
 * </pre>
 */
final class Aggregation {

    /** The size before each unit: 16 bits. It does not count what stands between it and the unit. */
    static final int SIZE_LENGTH = 2;
    /** Decoding order number, or the base of such. */
    static final int DON_LENGTH = 2;
    /** Decoding order number less the base. */
    static final int DOND_LENGTH = 1;
    private static final int TS_OFFSET_16_LENGTH = 2;
    private static final int TS_OFFSET_24_LENGTH = 3;

    private final Counters<H264Counter> counters;
    private RtpPacket packet;
    private int tsOffsetLength;
    private int next;
    private int start;
    private int size;
    private int firstDon;
    private int index;

    Aggregation(Counters<H264Counter> counters) {
        this.counters = counters;
    }

    /** @param type STAP-A to MTAP24 */
    void open(RtpPacket packet, int type) {
        this.packet = packet;
        tsOffsetLength = type == NalType.MTAP16 ? TS_OFFSET_16_LENGTH : type == NalType.MTAP24 ? TS_OFFSET_24_LENGTH : 0;
        index = -1;
        next = NalHeader.LENGTH;
        if (type != NalType.STAP_A) {
            openDon();
        } else if (next == packet.payloadLength()) {
            counters.increment(AGGREGATION_EMPTY);
        }
    }

    private void openDon() {
        int units = next + DON_LENGTH;
        if (units > packet.payloadLength()) {
            counters.increment(AGGREGATION_OVERRUN);
            next = packet.payloadLength();
            return;
        }
        firstDon = u16(next);
        next = units;
        if (next == packet.payloadLength()) {
            counters.increment(AGGREGATION_EMPTY);
        }
    }

    /** Moves to the next unit that is good; false at the end. */
    boolean next() {
        while (next < packet.payloadLength()) {
            if (!step()) {
                return false;
            }
            if (isGood()) {
                return true;
            }
        }
        return false;
    }

    /** Moves to the next unit, whatever it is; false where it reaches past the packet, whose rest is lost then. */
    private boolean step() {
        int at = next;
        start = at + SIZE_LENGTH + (isMultiTime() ? DOND_LENGTH + tsOffsetLength : 0);
        size = start <= packet.payloadLength() ? u16(at) : 0;
        if (start + size > packet.payloadLength()) {
            counters.increment(AGGREGATION_OVERRUN);
            return false;
        }
        index++;
        next = start + size;
        return true;
    }

    private boolean isGood() {
        if (size == 0) {
            counters.increment(AGGREGATION_EMPTY);
            return false;
        }
        if (!NalType.isSingle(NalHeader.type(packet.payloadByte(start)))) {
            counters.increment(AGGREGATION_TYPE);
            return false;
        }
        return true;
    }

    /** Where in the payload the unit starts. */
    int start() {
        return start;
    }

    /** Bytes of the unit, 1 or more. */
    int size() {
        return size;
    }

    /** The unit's decoding order number; not in an STAP-A. */
    int don() {
        return DecodingOrder.after(firstDon, isMultiTime() ? packet.payloadByte(start - tsOffsetLength - DOND_LENGTH) : index);
    }

    /** The unit's RTP timestamp. */
    int timestamp() {
        int offset = 0;
        for (int i = start - tsOffsetLength; i < start; i++) {
            offset = offset << Byte.SIZE | packet.payloadByte(i);
        }
        return packet.timestamp() + offset;
    }

    private boolean isMultiTime() {
        return tsOffsetLength > 0;
    }

    private int u16(int at) {
        return packet.payloadByte(at) << Byte.SIZE | packet.payloadByte(at + 1);
    }
}
