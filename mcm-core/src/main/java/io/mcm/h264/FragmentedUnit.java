package io.mcm.h264;

import static io.mcm.h264.H264Counter.*;

import io.mcm.metric.Counters;
import io.mcm.rtp.RtpPacket;

/**
 * The NAL unit whose fragments are coming (RFC 6184 section 5.8). Fragments of one unit follow each other without a gap, so there is
 * never more than one.
 *
 * <pre>
 *   FU-A   | indicator | FU header |        fragment        the fragments together are the unit without its header byte
 *   FU-B   | indicator | FU header | DON  | fragment        only as the first fragment, only in mode 2
 *               1            1       u16
 * </pre>
 */
final class FragmentedUnit {

    /** FU indicator and FU header. */
    static final int HEADERS_LENGTH = 2;

    private final boolean strict;
    private final Counters<H264Counter> counters;
    /** Where units in transmission order go, and where interleaved ones go. */
    private final NalUnitSink direct;
    private final Deinterleaver interleaved;
    private NalUnitSink target;
    private boolean open;
    private int timestamp;

    FragmentedUnit(boolean strict, Counters<H264Counter> counters, NalUnitSink direct, Deinterleaver interleaved) {
        this.strict = strict;
        this.counters = counters;
        this.direct = direct;
        this.interleaved = interleaved;
    }

    /** Whether a unit was begun whose last fragment has not come. */
    boolean isOpen() {
        return open;
    }

    void fragment(RtpPacket packet, NalUnitOrigin origin, boolean hasDon) {
        int headers = HEADERS_LENGTH + (hasDon ? Aggregation.DON_LENGTH : 0);
        if (packet.payloadLength() < headers) {
            abandon(FU_INTERRUPTED);
            counters.increment(FU_TOO_SHORT);
            return;
        }
        int fuHeader = packet.payloadByte(1);
        if ((fuHeader & NalHeader.FU_START_MASK) != 0) {
            abandon(FU_INTERRUPTED);
            open = mayBegin(packet.payloadByte(0), fuHeader) && begin(packet, origin, hasDon);
        } else if (hasDon) {
            abandon(FU_INTERRUPTED);
            counters.increment(FU_B_NOT_FIRST);
        } else if (!continues(origin)) {
            counters.increment(FU_START_MISSING);
        }
        if (open) {
            append(packet, headers, (fuHeader & NalHeader.FU_END_MASK) != 0);
        }
    }

    /** A fragment of another time cannot be the same unit's. */
    private boolean continues(NalUnitOrigin origin) {
        if (open && origin.timestamp() != timestamp) {
            abandon(FU_INTERRUPTED);
        }
        return open;
    }

    private boolean mayBegin(int indicator, int fuHeader) {
        if (!NalType.isSingle(NalHeader.type(fuHeader))) {
            counters.increment(FU_TYPE);
            return false;
        }
        boolean whole = (fuHeader & NalHeader.FU_END_MASK) != 0;
        boolean damaged = NalHeader.isForbidden(indicator);
        if (whole) {
            counters.increment(FU_WHOLE);
        }
        if (damaged) {
            counters.increment(FORBIDDEN_BIT);
        }
        return !strict || !whole && !damaged;
    }

    private boolean begin(RtpPacket packet, NalUnitOrigin origin, boolean hasDon) {
        if (hasDon) {
            interleaved.nextDon(packet.payloadByte(HEADERS_LENGTH) << Byte.SIZE | packet.payloadByte(HEADERS_LENGTH + 1));
            target = interleaved;
        } else {
            // What waits would come between the fragments.
            interleaved.flushIfAny();
            target = direct;
        }
        timestamp = origin.timestamp();
        target.begin(origin, NalHeader.withType(packet.payloadByte(0), NalHeader.type(packet.payloadByte(1))));
        return true;
    }

    private void append(RtpPacket packet, int headers, boolean end) {
        int length = packet.payloadLength() - headers;
        if (length > 0) {
            target.append(packet.segment(), packet.payloadStart() + headers, length);
        }
        if (end) {
            open = false;
            target.end();
        }
    }

    void abandon(H264Counter cause) {
        if (open) {
            open = false;
            counters.increment(cause);
            target.abandon();
        }
    }
}
