package io.mcm.conformance.suite;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The answer to QUERY, {@code memif_conn_param} of MCM 24.09, read with no code of the product. Little endian.
 *
 * <pre>
 *     0  socket path (108, text)       108  application name (32, text)       144  timer (32)       176  four function pointers (32)
 *   208  socket pointer (8)            216  secret (24)       240  s2m rings (1)      241  m2s rings (1)
 *   244  buffer size (4)               248  log2 of the ring size (1)         249  is_master (1)    252  interface id (4)
 *   256  interface name (32, text)     288  mode (1)          296
 * </pre>
 */
public record MemifAnswer(byte[] bytes) {

    public static final int LENGTH = 296;
    public static final int PATH_LENGTH = 108;
    public static final int APPLICATION_OFFSET = 108;
    /** What the C SDK would call as code of its own process. */
    public static final int FUNCTIONS_OFFSET = 176;
    public static final int SOCKET_OFFSET = 208;
    public static final int SECRET_OFFSET = 216;

    public static final int S2M_RINGS_OFFSET = 240;
    public static final int M2S_RINGS_OFFSET = 241;
    public static final int BUFFER_SIZE_OFFSET = 244;
    public static final int LOG2_RING_SIZE_OFFSET = 248;
    public static final int IS_MASTER_OFFSET = 249;
    public static final int INTERFACE_ID_OFFSET = 252;
    public static final int INTERFACE_NAME_OFFSET = 256;
    public static final int MODE_OFFSET = 288;

    private ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** @throws CaseFailure where no NUL ends it */
    String path() throws CaseFailure {
        int length = 0;
        while (length < PATH_LENGTH && bytes[length] != 0) {
            length++;
        }
        if (length == 0 || length == PATH_LENGTH) {
            throw new CaseFailure("a path of 1 to 107 bytes with a NUL behind it", length + " bytes without NUL");
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    int s2mRings() {
        return bytes[S2M_RINGS_OFFSET] & 0xff;
    }

    int m2sRings() {
        return bytes[M2S_RINGS_OFFSET] & 0xff;
    }

    int bufferSize() {
        return buffer().getInt(BUFFER_SIZE_OFFSET);
    }

    int log2RingSize() {
        return bytes[LOG2_RING_SIZE_OFFSET];
    }

    boolean isMaster() {
        return bytes[IS_MASTER_OFFSET] != 0;
    }

    int interfaceId() {
        return buffer().getInt(INTERFACE_ID_OFFSET);
    }

    int mode() {
        return bytes[MODE_OFFSET];
    }

    boolean isZero(int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
