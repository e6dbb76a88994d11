package io.mcm.conformance.control;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** What {@code rtsp_recver_app} of MCM 24.09's C SDK wrote to its proxy, recorded with a TCP listener. Its session had the id 1. */
final class RecordedBytes {

    /** Where {@code mcm_conn_param} starts: behind {@code msg_header} (8) and {@code ctl_cmd} (4). */
    private static final int PARAM = 12;
    private static final int PARAM_LENGTH = 304;
    /** {@code local_addr.port} in {@code mcm_conn_param}, text of 6 bytes; "9001" was recorded. */
    private static final int LOCAL_PORT = PARAM + 54;
    private static final int SESSION_ID = 12;

    /** 296 bytes, {@code memif_conn_param}. */
    static final int ANSWER_LENGTH = 296;

    private RecordedBytes() {}

    /** CREATE_SESSION, for another port than the recorded one. */
    static byte[] create(int udpPort) {
        ByteBuffer bytes = ByteBuffer.allocate(PARAM + PARAM_LENGTH);
        bytes.put(hex("6d 63 6d 00 10 00 00 00  01 00 30 01  01 00 00 00"));
        bytes.put(0x42, hex("39 30 30 31"));
        bytes.put(0x48, hex("31 32 37 2e 30 2e 30 2e 31"));
        bytes.put(0xf0, hex("05"));
        byte[] port = String.valueOf(udpPort).getBytes(StandardCharsets.US_ASCII);
        return bytes.put(LOCAL_PORT, port).array();
    }

    /** QUERY_MEMIF_PARAM. */
    static byte[] query(int sessionId) {
        return withSession(hex("6d 63 6d 00 10 00 00 00  05 00 04 00  01 00 00 00"), sessionId);
    }

    /** DESTROY_SESSION. */
    static byte[] destroy(int sessionId) {
        return withSession(hex("6d 63 6d 00 10 00 00 00  02 00 04 00  01 00 00 00"), sessionId);
    }

    private static byte[] withSession(byte[] request, int sessionId) {
        return ByteBuffer.wrap(request).order(ByteOrder.LITTLE_ENDIAN).putInt(SESSION_ID, sessionId).array();
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }
}
