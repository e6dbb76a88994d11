package io.mcm.control;

/**
 * What stands before every request: {@code msg_header} and {@code ctl_cmd} of {@code mcm_dp.h}.
 *
 * <pre>
 *    0               4         5             8          10         12
 *   +---------------+---------+-------------+----------+----------+----------------- - -
 *   | magic "mcm\0" | version |  (padding)  | command  | data_len | data_len bytes
 *   +---------------+---------+-------------+----------+----------+----------------- - -
 *   |<------------- msg_header ------------>|<----- ctl_cmd ----->|
 * </pre>
 */
final class MessageDescriptor {

    static final int HEADER_LENGTH = 8;
    static final int COMMAND_LENGTH = 4;
    static final int LENGTH = HEADER_LENGTH + COMMAND_LENGTH;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = 4;
    static final int COMMAND_OFFSET = 8;
    static final int DATA_LENGTH_OFFSET = 10;

    /** {@code HEADER_MAGIC_WORD}: the bytes "mcm" and NUL. */
    static final int MAGIC = 0x006d636d;
    /** {@code HEADER_VERSION}. */
    static final int VERSION = 0x10;

    /** Bytes of a session id, in requests and as the answer to CREATE. */
    static final int SESSION_ID_LENGTH = 4;

    private MessageDescriptor() {}

    /** The whole request, to be sent in one write. */
    static byte[] encode(Command command, byte[] data) {
        byte[] message = new byte[LENGTH + data.length];
        Struct struct = Struct.of(message);
        struct.bits32(MAGIC_OFFSET, MAGIC);
        struct.u8(VERSION_OFFSET, VERSION, "version");
        struct.u16(COMMAND_OFFSET, command.wireValue(), "command");
        struct.u16(DATA_LENGTH_OFFSET, data.length, "data_len");
        System.arraycopy(data, 0, message, LENGTH, data.length);
        return message;
    }

    static void checkHeader(Struct header) throws ProtocolException {
        int magic = header.bits32(MAGIC_OFFSET);
        if (magic != MAGIC) {
            throw new ProtocolException("magic 0x%08x, must be 0x%08x (\"mcm\")".formatted(magic, MAGIC));
        }
        int version = header.u8(VERSION_OFFSET);
        if (version != VERSION) {
            throw new ProtocolException("version 0x%02x, must be 0x%02x".formatted(version, VERSION));
        }
    }

    /** The command, once it is known that this proxy answers it and that its data has the right length. */
    static Command checkCommand(Struct message) throws ProtocolException {
        Command command = Command.of(message.u16(COMMAND_OFFSET));
        int length = message.u16(DATA_LENGTH_OFFSET);
        if (length != command.dataLength()) {
            throw new ProtocolException(command + " with data_len=" + length + ", must be " + command.dataLength());
        }
        return command;
    }

    static byte[] encodeId(int sessionId) {
        byte[] id = new byte[SESSION_ID_LENGTH];
        Struct.of(id).bits32(0, sessionId);
        return id;
    }

    static int decodeId(byte[] id) {
        return Struct.of(id).bits32(0);
    }
}
