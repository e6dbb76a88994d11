package io.mcm.cli;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.mcm.h264.AnnexBWriter;
import io.mcm.h264.Depacketizer;
import io.mcm.h264.H264Counter;
import io.mcm.h264.NalHeader;
import io.mcm.h264.NalType;
import io.mcm.rtp.RtpPacket;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Turns delivered units of every kind into one byte stream with a 4-byte start code before each NAL unit. The 24.09 proxy writes 3-byte ones
 * inside an access unit; a proxy in unit {@code fragment} delivers RTP payloads, which are depacketized here.
 */
final class UnitParser {

    private static final int START_CODE_LENGTH = 4;
    private static final int MAX_PACKET_LENGTH = 65_535 + RtpPacket.FIXED_HEADER_LENGTH;

    private final OutputStream out;
    private final AnnexBWriter writer;
    private final Depacketizer depacketizer;
    private final RtpPacket packet = new RtpPacket();
    private MemorySegment scratch;
    private long nalUnits;
    private int nextSequence;

    UnitParser(OutputStream out) {
        this.out = out;
        writer = new AnnexBWriter(out);
        depacketizer = new Depacketizer(writer);
    }

    /** A unit, with the sequence number and timestamp of its first packet. */
    void accept(MemorySegment data, int sequence, int timestamp) throws IOException {
        if (isFragmented() || startsFragments(data)) {
            fragment(data, sequence, timestamp);
        } else {
            byteStream(data);
        }
    }

    private boolean isFragmented() {
        return scratch != null;
    }

    /** A packet structure's type never stands in a byte stream: the first one tells that RTP payloads are delivered. */
    private boolean startsFragments(MemorySegment data) {
        if (data.byteSize() <= START_CODE_LENGTH || !NalType.isStructure(NalHeader.type(data.get(JAVA_BYTE, START_CODE_LENGTH)))) {
            return false;
        }
        scratch = Arena.ofAuto().allocate(MAX_PACKET_LENGTH);
        nextSequence = -1;
        return true;
    }

    private void fragment(MemorySegment data, int sequence, int timestamp) {
        long payloadLength = data.byteSize() - START_CODE_LENGTH;
        if (payloadLength < 1 || payloadLength > MAX_PACKET_LENGTH - RtpPacket.FIXED_HEADER_LENGTH) {
            return;
        }
        int missing = nextSequence < 0 ? 0 : sequence - nextSequence & 0xffff;
        if (missing != 0) {
            depacketizer.lost(missing);
        }
        nextSequence = sequence + 1 & 0xffff;
        RtpPacket.writeHeader(scratch, 0, 0, sequence, timestamp, 0);
        MemorySegment.copy(data, START_CODE_LENGTH, scratch, RtpPacket.FIXED_HEADER_LENGTH, payloadLength);
        packet.wrap(scratch, 0, (int) payloadLength + RtpPacket.FIXED_HEADER_LENGTH);
        depacketizer.packet(packet, sequence, 0);
    }

    /** Copies the bytes as they are, but for a zero before each start code that has three bytes only. */
    private void byteStream(MemorySegment data) throws IOException {
        byte[] bytes = data.toArray(JAVA_BYTE);
        int copied = 0;
        for (int at = startCode(bytes, 0); at >= 0; at = startCode(bytes, at + 3)) {
            nalUnits++;
            if (at == 0 || bytes[at - 1] != 0) {
                out.write(bytes, copied, at - copied);
                out.write(0);
                copied = at;
            }
        }
        out.write(bytes, copied, bytes.length - copied);
    }

    /** Where the next 00 00 01 is; -1 where there is none. */
    private static int startCode(byte[] bytes, int from) {
        for (int at = from + 2; at < bytes.length; at++) {
            if (bytes[at] == 1 && bytes[at - 1] == 0 && bytes[at - 2] == 0) {
                return at - 2;
            }
        }
        return -1;
    }

    long nalUnits() {
        return nalUnits + depacketizer.counters().get(H264Counter.NAL_UNITS);
    }
}
