package io.mcm.rtp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The elements of a packet's header extension, one after the other, seen in place (RFC 8285 section 4). An element that reaches past the
 * extension ends the walk; what came before it stands.
 *
 * <pre>
 *   one-byte form, profile 0xBEDE           two-byte form, profile 0x1000 to 0x100F
 *    0 1 2 3 4 5 6 7                         0                   1
 *   +-+-+-+-+-+-+-+-+                        0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5
 *   |  ID   |length |  (less one)           +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   +-+-+-+-+-+-+-+-+                       |       ID      |     length    |
 *                                           +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class HeaderExtensions {

    /** Profile of the one-byte form (section 4.2). */
    public static final int ONE_BYTE = 0xBEDE;
    /** Profile of the two-byte form, without the four bits that applications may use (section 4.3). */
    public static final int TWO_BYTE = 0x1000;

    private static final int APPLICATION_BITS = 0x0f;
    /** One byte of zero, in either form (section 4.1.2). */
    private static final int PADDING = 0;
    /** In the one-byte form: whatever follows is not to be read (section 4.2). */
    private static final int STOP = 15;
    private static final int ID_SHIFT = 4;
    private static final int LENGTH_MASK = 0x0f;

    private MemorySegment segment = MemorySegment.NULL;
    private long next;
    private long end;
    private boolean oneByte;
    private boolean overrun;
    private int id;
    private long start;
    private int length;

    /** Moves to before the packet's first element. False where it has no extension of either form: there is no element then. */
    public boolean wrap(RtpPacket packet) {
        segment = packet.segment();
        next = packet.extensionStart();
        end = next + packet.extensionLength();
        overrun = false;
        oneByte = packet.extensionProfile() == ONE_BYTE;
        boolean known = packet.hasExtension() && (oneByte || (packet.extensionProfile() & ~APPLICATION_BITS) == TWO_BYTE);
        end = known ? end : next;
        return known;
    }

    /** Moves to the next element; false where there is none. */
    public boolean next() {
        while (next < end && u8(next) == PADDING) {
            next++;
        }
        return next < end && (oneByte ? oneByteElement() : twoByteElement());
    }

    /** An ID of 0 that is no padding, because it has a length, ends the walk as 15 does (section 4.1.2). */
    private boolean oneByteElement() {
        int header = u8(next);
        int id = header >> ID_SHIFT;
        if (id == STOP || id == PADDING) {
            next = end;
            return false;
        }
        return element(id, next + 1, (header & LENGTH_MASK) + 1);
    }

    private boolean twoByteElement() {
        return next + 1 < end ? element(u8(next), next + 2, u8(next + 1)) : overrun();
    }

    private boolean element(int id, long start, int length) {
        if (start + length > end) {
            return overrun();
        }
        this.id = id;
        this.start = start;
        this.length = length;
        next = start + length;
        return true;
    }

    private boolean overrun() {
        overrun = true;
        next = end;
        return false;
    }

    /** Whether the walk ended at an element that reaches past the extension. */
    public boolean isOverrun() {
        return overrun;
    }

    /** 1 to 14, or to 255 in the two-byte form. */
    public int id() {
        return id;
    }

    /** Where in the packet's segment the element's data starts. */
    public long start() {
        return start;
    }

    /** Bytes of data: 1 to 16, or 0 to 255 in the two-byte form. */
    public int length() {
        return length;
    }

    private int u8(long at) {
        return segment.get(ValueLayout.JAVA_BYTE, at) & 0xff;
    }
}
