package io.mcm.h264;

import static io.mcm.h264.H264Counter.*;

import io.mcm.metric.Counters;
import io.mcm.rtp.RtpPacket;
import io.mcm.rtp.RtpSink;
import java.lang.foreign.MemorySegment;

/**
 * Finds the NAL units in the packets of one stream (RFC 6184 section 5, packetization modes 0 and 1) and hands them to a sink
 * without copying. A unit is only ever ended when every byte of it came. Used by one thread.
 */
public final class Depacketizer implements RtpSink {

    /** The size before each unit of an STAP-A (RFC 6184 section 5.7.1). */
    static final int STAP_SIZE_LENGTH = 2;
    /** FU indicator and FU header (RFC 6184 section 5.8). */
    static final int FU_HEADERS_LENGTH = 2;

    private final NalUnitSink sink;
    private final Counters<H264Counter> counters = new Counters<>(H264Counter.class);

    private boolean fragmentOpen;
    private boolean accessUnitOpen;
    private int timestamp;
    private long arrivalNanos;

    public Depacketizer(NalUnitSink sink) {
        this.sink = sink;
    }

    public Counters<H264Counter> counters() {
        return counters;
    }

    /** When the packet arrived whose units the sink is being given. */
    public long arrivalNanos() {
        return arrivalNanos;
    }

    @Override
    public void packet(RtpPacket packet, long extendedSequence, long arrivalNanos) {
        this.arrivalNanos = arrivalNanos;
        if (packet.payloadLength() == 0) {
            counters.increment(EMPTY_PAYLOAD);
            return;
        }
        if (accessUnitOpen && packet.timestamp() != timestamp) {
            endAccessUnit();
        }
        units(packet);
        // Some cameras set the marker on every fragment; before the unit is whole it cannot be the access unit's end.
        if (packet.marker() && accessUnitOpen && !fragmentOpen) {
            endAccessUnit();
        }
    }

    @Override
    public void lost(int packets) {
        abandonFragment(FU_LOST);
        sink.lost(packets);
    }

    @Override
    public void end() {
        if (accessUnitOpen) {
            endAccessUnit();
        }
    }

    private void units(RtpPacket packet) {
        int type = NalHeader.type(packet.payloadByte(0));
        if (type == NalType.FU_A) {
            fragment(packet);
            return;
        }
        abandonFragment(FU_INTERRUPTED);
        if (NalType.isSingle(type)) {
            unit(packet, 0, packet.payloadLength());
        } else if (type == NalType.STAP_A) {
            aggregate(packet);
        } else {
            counters.increment(NalType.isStructure(type) ? UNSUPPORTED_TYPE : RESERVED_TYPE);
        }
    }

    private void aggregate(RtpPacket packet) {
        int length = packet.payloadLength();
        int at = NalHeader.LENGTH;
        if (at == length) {
            counters.increment(STAP_EMPTY);
        }
        while (at < length) {
            int start = at + STAP_SIZE_LENGTH;
            int size = start <= length ? packet.payloadByte(at) << 8 | packet.payloadByte(at + 1) : 0;
            if (start + size > length) {
                counters.increment(STAP_OVERRUN);
                return;
            }
            aggregated(packet, start, size);
            at = start + size;
        }
    }

    private void aggregated(RtpPacket packet, int start, int size) {
        if (size == 0) {
            counters.increment(STAP_EMPTY);
        } else if (!NalType.isSingle(NalHeader.type(packet.payloadByte(start)))) {
            counters.increment(STAP_TYPE);
        } else {
            unit(packet, start, size);
        }
    }

    private void unit(RtpPacket packet, int start, int size) {
        begin(packet, packet.payloadByte(start));
        append(packet, start + NalHeader.LENGTH, size - NalHeader.LENGTH);
        finish();
    }

    private void fragment(RtpPacket packet) {
        if (packet.payloadLength() < FU_HEADERS_LENGTH) {
            abandonFragment(FU_INTERRUPTED);
            counters.increment(FU_TOO_SHORT);
            return;
        }
        int fuHeader = packet.payloadByte(1);
        boolean start = (fuHeader & NalHeader.FU_START_MASK) != 0;
        boolean end = (fuHeader & NalHeader.FU_END_MASK) != 0;
        if (start) {
            abandonFragment(FU_INTERRUPTED);
            fragmentOpen = begunByFragment(packet, NalHeader.type(fuHeader));
        } else if (!fragmentOpen) {
            counters.increment(FU_START_MISSING);
        }
        if (fragmentOpen) {
            continueFragment(packet, start, end);
        }
    }

    private boolean begunByFragment(RtpPacket packet, int type) {
        if (!NalType.isSingle(type)) {
            counters.increment(FU_TYPE);
            return false;
        }
        begin(packet, NalHeader.withType(packet.payloadByte(0), type));
        return true;
    }

    private void continueFragment(RtpPacket packet, boolean start, boolean end) {
        append(packet, FU_HEADERS_LENGTH, packet.payloadLength() - FU_HEADERS_LENGTH);
        if (!end) {
            return;
        }
        fragmentOpen = false;
        finish();
        if (start) {
            // CostarHD cameras do so, as gortsplib knows; nothing is ambiguous.
            counters.increment(FU_WHOLE);
        }
    }

    private void begin(RtpPacket packet, int header) {
        accessUnitOpen = true;
        timestamp = packet.timestamp();
        if (NalHeader.isForbidden(header)) {
            counters.increment(FORBIDDEN_BIT);
        }
        sink.begin(packet, header);
    }

    private void append(RtpPacket packet, int start, int length) {
        if (length > 0) {
            MemorySegment segment = packet.segment();
            sink.append(segment, packet.payloadStart() + start, length);
        }
    }

    private void finish() {
        counters.increment(NAL_UNITS);
        sink.end();
    }

    private void abandonFragment(H264Counter cause) {
        if (fragmentOpen) {
            fragmentOpen = false;
            counters.increment(cause);
            sink.abandon();
        }
    }

    private void endAccessUnit() {
        abandonFragment(FU_INTERRUPTED);
        accessUnitOpen = false;
        counters.increment(ACCESS_UNITS);
        sink.endAccessUnit();
    }
}
