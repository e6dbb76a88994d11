package io.mcm.conformance.sdk;

import io.mcm.conformance.suite.MemifAnswer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What the proxy by hand answers to QUERY: where its memif is and what it is to be like; one ring each way.
 *
 * @param secret     empty for none
 * @param log2       of the ring's size; 0 for libmemif's default
 * @param bufferSize bytes; 0 for libmemif's default
 */
record MemifOffer(String path, int id, String secret, int log2, int bufferSize) {

    private static final int USUAL_LOG2 = 5;
    private static final int USUAL_BUFFER_SIZE = 1 << 16;
    /** {@code MEMIF_DEFAULT_LOG2_RING_SIZE} and {@code MEMIF_DEFAULT_BUFFER_SIZE}. */
    private static final int DEFAULT_LOG2 = 10;
    private static final int DEFAULT_BUFFER_SIZE = 2048;
    private static final String NAME = "by hand";

    /** A ring that the C SDK takes without loss, 32 buffers of 64 KiB. */
    static MemifOffer at(String path) {
        return new MemifOffer(path, 0, "", USUAL_LOG2, USUAL_BUFFER_SIZE);
    }

    MemifOffer withPath(String other) {
        return new MemifOffer(other, id, secret, log2, bufferSize);
    }

    MemifOffer withId(int other) {
        return new MemifOffer(path, other, secret, log2, bufferSize);
    }

    MemifOffer withSecret(String other) {
        return new MemifOffer(path, id, other, log2, bufferSize);
    }

    MemifOffer withRing(int otherLog2, int otherBufferSize) {
        return new MemifOffer(path, id, secret, otherLog2, otherBufferSize);
    }

    int effectiveLog2() {
        return log2 == 0 ? DEFAULT_LOG2 : log2;
    }

    int capacity() {
        return bufferSize == 0 ? DEFAULT_BUFFER_SIZE : bufferSize;
    }

    byte[] bytes() {
        ByteBuffer answer = ByteBuffer.allocate(MemifAnswer.LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        answer.put(0, path.getBytes(StandardCharsets.UTF_8));
        answer.put(MemifAnswer.APPLICATION_OFFSET, ascii(NAME)).put(MemifAnswer.INTERFACE_NAME_OFFSET, ascii(NAME));
        answer.put(MemifAnswer.SECRET_OFFSET, ascii(secret));
        answer.put(MemifAnswer.S2M_RINGS_OFFSET, (byte) 1).put(MemifAnswer.M2S_RINGS_OFFSET, (byte) 1);
        answer.putInt(MemifAnswer.BUFFER_SIZE_OFFSET, bufferSize).put(MemifAnswer.LOG2_RING_SIZE_OFFSET, (byte) log2);
        return answer.putInt(MemifAnswer.INTERFACE_ID_OFFSET, id).array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
