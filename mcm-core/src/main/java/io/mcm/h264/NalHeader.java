package io.mcm.h264;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The first byte of a NAL unit and of an RTP payload that carries one or more (ITU-T H.264 section 7.3.1, RFC 6184 section 1.3),
 * and the byte after it in a fragment (RFC 6184 section 5.8).
 *
 * <pre>
 *    NAL unit header      FU header
 *   +---------------+   +---------------+
 *   |0|1|2|3|4|5|6|7|   |0|1|2|3|4|5|6|7|
 *   +-+-+-+-+-+-+-+-+   +-+-+-+-+-+-+-+-+
 *   |F|NRI|  Type   |   |S|E|R|  Type   |
 *   +---------------+   +---------------+
 * </pre>
 */
public final class NalHeader {

    /** Bytes of a NAL unit header. */
    public static final int LENGTH = 1;

    static final int TYPE_MASK = 0x1f;
    static final int NRI_MASK = 0x60;
    static final int FORBIDDEN_MASK = 0x80;
    static final int FU_START_MASK = 0x80;
    static final int FU_END_MASK = 0x40;

    private NalHeader() {
    }

    /** 0 to 31, see {@link NalType}. */
    public static int type(int header) {
        return header & TYPE_MASK;
    }

    /** @throws IllegalArgumentException unless it is a NAL unit that can be sent: one byte or more, of type 1 to 23 (RFC 6184 table 1) */
    static void check(MemorySegment unit, long offset, int length) {
        if (length < LENGTH) {
            throw new IllegalArgumentException("a NAL unit of " + length + " bytes; allowed are 1 and more");
        }
        int type = type(unit.get(ValueLayout.JAVA_BYTE, offset));
        if (!NalType.isSingle(type)) {
            throw new IllegalArgumentException("a NAL unit of type " + type + "; RTP can carry types " + NalType.SLICE + " to "
                + NalType.LAST_SINGLE + ", the others mean packet structures or nothing (RFC 6184 table 1)");
        }
    }

    /** How much other units depend on this one: 0 (not at all) to 3. */
    public static int nri(int header) {
        return (header & NRI_MASK) >> 5;
    }

    /** Whether the sender says that the unit has bit errors. */
    public static boolean isForbidden(int header) {
        return (header & FORBIDDEN_MASK) != 0;
    }

    /** The same forbidden bit and NRI with another type. */
    static int withType(int header, int type) {
        return header & (FORBIDDEN_MASK | NRI_MASK) | type;
    }
}
