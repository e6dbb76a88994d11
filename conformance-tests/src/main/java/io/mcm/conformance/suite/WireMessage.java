package io.mcm.conformance.suite;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Requests of the control protocol, byte by byte after {@code mcm_dp.h} of MCM 24.09 and with no code of the product. Little endian.
 *
 * <pre>
 *    0               4         5             8          10         12
 *   +---------------+---------+-------------+----------+----------+----------------- - -
 *   | magic "mcm\0" | version |  (padding)  | command  | data_len | data_len bytes
 *   +---------------+---------+-------------+----------+----------+----------------- - -
 *
 *   mcm_conn_param, the data of CREATE, 304 bytes: type 0:4   protocol 4:4   local ip 8:46   local port 54:6 (text)
 *       remote ip 60:46   ...   payload_type 228:4   ...
 * </pre>
 */
public final class WireMessage {

    public static final int HEADER = 12;
    public static final int MAGIC_OFFSET = 0;
    public static final int VERSION_OFFSET = 4;
    public static final int COMMAND_OFFSET = 8;
    public static final int LENGTH_OFFSET = 10;

    public static final int CREATE = 1;
    public static final int DESTROY = 2;
    public static final int QUERY_PATH = 3;
    public static final int QUERY_ID = 4;
    public static final int QUERY = 5;

    public static final int ID_LENGTH = 4;
    public static final int PARAM_LENGTH = 304;
    public static final int TYPE_OFFSET = 0;
    public static final int LOCAL_PORT_OFFSET = 54;
    public static final int LOCAL_PORT_LENGTH = 6;
    public static final int REMOTE_IP_OFFSET = 60;
    public static final int PAYLOAD_TYPE_OFFSET = 228;

    public static final int MAGIC = 0x006d636d;
    public static final int VERSION = 0x10;
    public static final int RECEIVE = 1;
    public static final int RTSP_VIDEO = 5;

    private WireMessage() {}

    public static byte[] of(int command, byte... data) {
        return with(command, data.length, data);
    }

    /** With a length that need not be the data's. */
    public static byte[] with(int command, int length, byte... data) {
        ByteBuffer message = ByteBuffer.allocate(HEADER + data.length).order(ByteOrder.LITTLE_ENDIAN);
        message.putInt(MAGIC_OFFSET, MAGIC).put(VERSION_OFFSET, (byte) VERSION);
        message.putShort(COMMAND_OFFSET, (short) command).putShort(LENGTH_OFFSET, (short) length);
        return message.put(HEADER, data).array();
    }

    /** What the C SDK's {@code rtsp_recver_app} sends, but for the port. */
    public static byte[] create(int port) {
        return of(CREATE, param(String.valueOf(port)));
    }

    public static byte[] param(String port) {
        ByteBuffer param = ByteBuffer.allocate(PARAM_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        param.putInt(TYPE_OFFSET, RECEIVE).putInt(PAYLOAD_TYPE_OFFSET, RTSP_VIDEO);
        byte[] digits = port.getBytes(StandardCharsets.US_ASCII);
        param.put(LOCAL_PORT_OFFSET, digits, 0, Math.min(digits.length, LOCAL_PORT_LENGTH));
        return param.put(REMOTE_IP_OFFSET, "127.0.0.1".getBytes(StandardCharsets.US_ASCII)).array();
    }

    /** QUERY or DESTROY. */
    public static byte[] about(int command, int id) {
        return of(command, ByteBuffer.allocate(ID_LENGTH).order(ByteOrder.LITTLE_ENDIAN).putInt(id).array());
    }
}
