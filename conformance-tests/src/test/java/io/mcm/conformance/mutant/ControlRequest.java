package io.mcm.conformance.mutant;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A request as it comes, header included; read with no code of the product. */
record ControlRequest(byte[] bytes) {

    static final int HEADER = 8;
    static final int COMMAND = 12;
    static final int CREATE = 1;
    static final int DESTROY = 2;
    static final int QUERY = 5;
    static final int PARAM_LENGTH = 304;
    static final int ID_LENGTH = 4;

    private static final int MAGIC = 0x006d636d;
    private static final int VERSION = 0x10;
    private static final int VERSION_OFFSET = 4;
    private static final int COMMAND_OFFSET = 8;
    private static final int LENGTH_OFFSET = 10;

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static boolean isHeader(byte[] first) {
        return first.length >= HEADER && little(first).getInt(0) == MAGIC && first[VERSION_OFFSET] == VERSION;
    }

    static ControlRequest of(int command, int id) {
        byte[] bytes = new byte[COMMAND + ID_LENGTH];
        little(bytes).putInt(0, MAGIC).put(VERSION_OFFSET, (byte) VERSION).putShort(COMMAND_OFFSET, (short) command)
            .putShort(LENGTH_OFFSET, (short) ID_LENGTH).putInt(COMMAND, id);
        return new ControlRequest(bytes);
    }

    int command() {
        return little(bytes).getShort(COMMAND_OFFSET);
    }

    int dataLength() {
        return Short.toUnsignedInt(little(bytes).getShort(LENGTH_OFFSET));
    }

    /** Whether command and length belong together. */
    boolean isKnown() {
        return switch (command()) {
            case CREATE -> dataLength() == PARAM_LENGTH;
            case DESTROY, QUERY -> dataLength() == ID_LENGTH;
            default -> false;
        };
    }

    /** Of DESTROY and QUERY. */
    int id() {
        return little(bytes).getInt(COMMAND);
    }

    ControlRequest withId(int id) {
        return of(command(), id);
    }

    /** The same, with as many zeros as a sound one would have bytes more. */
    ControlRequest filledUp() {
        byte[] full = java.util.Arrays.copyOf(bytes, COMMAND + PARAM_LENGTH);
        little(full).putShort(LENGTH_OFFSET, (short) PARAM_LENGTH);
        return new ControlRequest(full);
    }
}
