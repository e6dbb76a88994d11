package io.mcm.h264;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Walks through the NAL units of a byte stream (ITU-T H.264 annex B) in place. Start codes of three and four bytes are taken,
 * zero bytes after a unit belong to none, and what comes before the first start code is skipped. The segment may be a mapped
 * file of any size.
 */
public final class AnnexB {

    /** What we write before every unit. */
    static final byte[] START_CODE = {0, 0, 0, 1};
    /** The three bytes that every start code ends with: 00 00 01. */
    private static final int SHORT_START_CODE_LENGTH = 3;

    private final MemorySegment stream;
    private final long size;
    /** After the start code of the unit that comes next, or past the end if there is none. */
    private long nextStart;
    private long offset;
    private long length;

    public AnnexB(MemorySegment stream) {
        this(stream, 0);
    }

    /** Begins at {@code from} instead of the start. */
    AnnexB(MemorySegment stream, long from) {
        this.stream = stream;
        size = stream.byteSize();
        nextStart = afterStartCode(from);
    }

    /** Moves to the next NAL unit; false at the end. Units without a byte are passed over. */
    public boolean next() {
        while (nextStart <= size) {
            offset = nextStart;
            nextStart = afterStartCode(offset);
            long end = nextStart <= size ? nextStart - SHORT_START_CODE_LENGTH : size;
            length = withoutTrailingZeros(end) - offset;
            if (length > 0) {
                return true;
            }
        }
        return false;
    }

    /** Where the unit starts: its header byte. */
    public long offset() {
        return offset;
    }

    /** Bytes of the unit, 1 or more. */
    public int length() {
        if (length > Integer.MAX_VALUE) {
            throw new IllegalStateException("a NAL unit of " + length + " bytes at " + offset + "; allowed are up to "
                + Integer.MAX_VALUE);
        }
        return (int) length;
    }

    /** The unit's first byte. */
    public int header() {
        return u8(offset);
    }

    /** Where the current unit ends in the stream. */
    long end() {
        return offset + length;
    }

    /** The position after the first start code at or after {@code from}, or one past the size. */
    private long afterStartCode(long from) {
        long at = from + SHORT_START_CODE_LENGTH - 1;
        while (at < size) {
            int last = u8(at);
            if (last > 1) {
                at += SHORT_START_CODE_LENGTH;
            } else if (last == 1 && u8(at - 1) == 0 && u8(at - 2) == 0) {
                return at + 1;
            } else {
                at++;
            }
        }
        return size + 1;
    }

    private long withoutTrailingZeros(long end) {
        long trimmed = end;
        while (trimmed > offset && u8(trimmed - 1) == 0) {
            trimmed--;
        }
        return trimmed;
    }

    private int u8(long at) {
        return stream.get(ValueLayout.JAVA_BYTE, at) & 0xff;
    }
}
