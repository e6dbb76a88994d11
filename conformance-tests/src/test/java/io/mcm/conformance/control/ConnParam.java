package io.mcm.conformance.control;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A proxy's answer to QUERY_MEMIF_PARAM at the offsets that gcc 12 gives {@code memif_conn_param} on x86-64. */
record ConnParam(ByteBuffer bytes) {

    static final int APP_NAME = 108;
    static final int TIMER = 144;
    static final int FUNCTION_POINTERS = 176;
    static final int SOCKET_HANDLE = 208;
    static final int SECRET = 216;
    static final int NUM_S2M_RINGS = 240;
    static final int NUM_M2S_RINGS = 241;
    static final int BUFFER_SIZE = 244;
    static final int LOG2_RING_SIZE = 248;
    static final int IS_MASTER = 249;
    static final int INTERFACE_ID = 252;
    static final int INTERFACE_NAME = 256;
    static final int MODE = 288;

    static ConnParam of(byte[] answer) {
        return new ConnParam(ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN));
    }

    String path() {
        return text(0);
    }

    /** NUL-terminated. */
    String text(int offset) {
        int end = offset;
        while (bytes.get(end) != 0) {
            end++;
        }
        return new String(bytes.array(), offset, end - offset, StandardCharsets.US_ASCII);
    }

    int u8(int offset) {
        return bytes.get(offset) & 0xff;
    }

    int u32(int offset) {
        return bytes.getInt(offset);
    }

    boolean isZero(int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes.get(at) != 0) {
                return false;
            }
        }
        return true;
    }
}
