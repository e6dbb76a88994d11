package io.mcm.conformance.replay;

import io.mcm.h264.NalHeader;
import io.mcm.h264.NalType;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A NAL unit of a capture as it must arrive.
 *
 * @param number     from 1 on
 * @param accessUnit from 1 on
 * @param timestamp  RTP's, 32 bits unsigned
 * @param bytes      without start code
 * @param packets    that were read while it was put together: in modes 0 and 1 those that carried it, oldest first
 */
record ReferenceUnit(long number, long accessUnit, int timestamp, byte[] bytes, List<byte[]> packets) {

    private static final int SEQUENCE_OFFSET = 2;

    /** For people: which one it is, and what carried it. */
    String describe() {
        return "NAL unit %d: type %d (%s), %d bytes, access unit %d, timestamp %d, %s".formatted(number, type(), NalType.name(type()), bytes.length,
            accessUnit, Integer.toUnsignedLong(timestamp), carriers());
    }

    private int type() {
        return NalHeader.type(bytes[0]);
    }

    private String carriers() {
        int first = sequence(packets.getFirst());
        return packets.size() == 1 ? "packet " + first : packets.size() + " packets, " + first + " to " + sequence(packets.getLast());
    }

    private static int sequence(byte[] packet) {
        return Short.toUnsignedInt(ByteBuffer.wrap(packet).getShort(SEQUENCE_OFFSET));
    }
}
