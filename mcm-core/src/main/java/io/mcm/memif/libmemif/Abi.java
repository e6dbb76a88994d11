package io.mcm.memif.libmemif;

/**
 * The two layouts that go by the name {@code libmemif.so} and the version 4.0: MCM widened {@code buffer_size} from 16 to 32 bits, which
 * moves what stands behind it in {@code memif_conn_args_t}.
 *
 * <pre>
 *            socket  secret  s2m rings  m2s rings  buffer_size  log2  is_master  id     name
 *   MCM      0:8     8:24    32:1       33:1       36:4         40:1  41:1       44:4   48:32     to 88
 *   UPSTREAM 0:8     8:24    32:1       33:1       34:2         36:1  37:1       40:4   44:32     to 80
 * </pre>
 */
enum Abi {

    MCM("MCM's, 32-bit buffer sizes", Integer.MAX_VALUE, 36, 40),
    UPSTREAM("upstream's, 16-bit buffer sizes", 65_535, 34, 36);

    static final int SOCKET_OFFSET = 0;
    static final int SECRET_OFFSET = 8;
    static final int S2M_RINGS_OFFSET = 32;
    static final int M2S_RINGS_OFFSET = 33;

    /** Of the longer of the two. */
    static final int LENGTH = 88;

    private final String text;
    final int maxBufferLength;
    final int bufferSizeOffset;
    final int log2RingSizeOffset;
    final int isMasterOffset;
    final int idOffset;
    final int nameOffset;
    /** Bytes of one {@code memif_queue_details_t}, whose last field is buffer_size. */
    final int queueDetailsLength;

    Abi(String text, int maxBufferLength, int bufferSizeOffset, int log2RingSizeOffset) {
        this.text = text;
        this.maxBufferLength = maxBufferLength;
        this.bufferSizeOffset = bufferSizeOffset;
        this.log2RingSizeOffset = log2RingSizeOffset;
        isMasterOffset = log2RingSizeOffset + 1;
        idOffset = log2RingSizeOffset + 4;
        nameOffset = log2RingSizeOffset + 8;
        queueDetailsLength = maxBufferLength > 65_535 ? 20 : 16;
    }

    @Override
    public String toString() {
        return text;
    }
}
