package io.mcm.memif.builtin;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.mcm.memif.MemifConfig;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * Layout of a message on the control socket ({@code memif_msg_t} of VPP's memif.h): always 128 bytes, packed, host byte order. Bytes
 * that a type does not use are garbage from some peers and zero from us.
 *
 * <pre>
 *   HELLO       type 0:2   name 2:32   min version 34:2   max version 36:2   max region 38:2   max m2s ring 40:2
 *               max s2m ring 42:2   max log2 ring size 44:1                              (maxima are the highest index)
 *   INIT        type 0:2   version 2:2   id 4:4   mode 8:1   secret 9:24   name 33:32
 *   ADD_REGION  type 0:2   index 2:2   size 4:8                                          and the memory's descriptor
 *   ADD_RING    type 0:2   flags 2:2   index 4:2   region 6:2   offset 8:4   log2 size 12:1   private header 13:2   and an eventfd
 *   CONNECT     type 0:2   interface name 2:32
 *   CONNECTED   type 0:2   interface name 2:32
 *   DISCONNECT  type 0:2   code 2:4   text 6:96
 *   ACK         type 0:2
 * </pre>
 */
final class ControlMessage {

    static final int LENGTH = 128;

    /** What a message is; the ordinal is the number on the wire ({@code memif_msg_type_t}). */
    enum Type { NONE, ACK, HELLO, INIT, ADD_REGION, ADD_RING, CONNECT, CONNECTED, DISCONNECT }

    private static final Type[] TYPES = Type.values();

    static final int TYPE_OFFSET = 0;

    static final int HELLO_NAME_OFFSET = 2;
    static final int HELLO_MIN_VERSION_OFFSET = 34;
    static final int HELLO_MAX_VERSION_OFFSET = 36;
    static final int HELLO_MAX_REGION_OFFSET = 38;
    static final int HELLO_MAX_M2S_RING_OFFSET = 40;
    static final int HELLO_MAX_S2M_RING_OFFSET = 42;
    static final int HELLO_MAX_LOG2_RING_SIZE_OFFSET = 44;

    static final int INIT_VERSION_OFFSET = 2;
    static final int INIT_ID_OFFSET = 4;
    static final int INIT_MODE_OFFSET = 8;
    static final int INIT_SECRET_OFFSET = 9;
    static final int INIT_NAME_OFFSET = 33;

    static final int REGION_INDEX_OFFSET = 2;
    static final int REGION_SIZE_OFFSET = 4;

    static final int RING_FLAGS_OFFSET = 2;
    static final int RING_INDEX_OFFSET = 4;
    static final int RING_REGION_OFFSET = 6;
    static final int RING_OFFSET_OFFSET = 8;
    static final int RING_LOG2_SIZE_OFFSET = 12;
    static final int RING_PRIVATE_HEADER_OFFSET = 13;

    static final int CONNECT_NAME_OFFSET = 2;

    static final int DISCONNECT_CODE_OFFSET = 2;
    static final int DISCONNECT_TEXT_OFFSET = 6;

    static final int NAME_LENGTH = MemifConfig.NAME_FIELD_LENGTH;
    static final int SECRET_LENGTH = MemifConfig.SECRET_FIELD_LENGTH;
    static final int TEXT_LENGTH = 96;

    /** Major 2, minor 0 (MEMIF_VERSION). */
    static final int VERSION = 0x0200;
    /** The ring carries packets from client to server (MEMIF_MSG_ADD_RING_FLAG_S2M). */
    static final int RING_FLAG_S2M = 1;

    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED;

    private final MemorySegment bytes;

    ControlMessage(MemorySegment bytes) {
        this.bytes = bytes;
    }

    /** Starts a message to send: all zero but its type. */
    ControlMessage clear(Type type) {
        bytes.fill((byte) 0);
        return u16(TYPE_OFFSET, type.ordinal());
    }

    MemorySegment bytes() {
        return bytes;
    }

    /** NONE for a number that the protocol does not have. */
    Type type() {
        int number = u16(TYPE_OFFSET);
        return number < TYPES.length ? TYPES[number] : Type.NONE;
    }

    int u8(int offset) {
        return bytes.get(JAVA_BYTE, offset) & 0xff;
    }

    ControlMessage u8(int offset, int value) {
        bytes.set(JAVA_BYTE, offset, (byte) value);
        return this;
    }

    int u16(int offset) {
        return bytes.get(U16, offset) & 0xffff;
    }

    ControlMessage u16(int offset, int value) {
        bytes.set(U16, offset, (short) value);
        return this;
    }

    int u32(int offset) {
        return bytes.get(U32, offset);
    }

    ControlMessage u32(int offset, int value) {
        bytes.set(U32, offset, value);
        return this;
    }

    long u64(int offset) {
        return bytes.get(U64, offset);
    }

    ControlMessage u64(int offset, long value) {
        bytes.set(U64, offset, value);
        return this;
    }

    /** The text up to its NUL, or up to the field's end where a peer left that out; control characters are shown as {@code ?}. */
    String text(int offset, int fieldLength) {
        byte[] field = bytes.asSlice(offset, fieldLength).toArray(JAVA_BYTE);
        int length = 0;
        while (length < fieldLength && field[length] != 0) {
            length++;
        }
        return new String(field, 0, length, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
    }

    /** Cut to fit, the closing NUL included. */
    ControlMessage text(int offset, int fieldLength, String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        MemorySegment.copy(utf8, 0, bytes, JAVA_BYTE, offset, Math.min(utf8.length, fieldLength - 1));
        return this;
    }
}
