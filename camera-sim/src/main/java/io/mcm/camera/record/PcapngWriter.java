package io.mcm.camera.record;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A pcapng file of one interface with times in nanoseconds (draft-ietf-opsawg-pcapng). What is added lies in memory until {@link #flush}, or
 * until there is no room for the next packet.
 *
 * <pre>
 *   section header   | 0x0a0d0d0a | length | 0x1a2b3c4d | 1, 0 | -1 as section length | options | length |
 *   interface        | 1 | length | link type, 0 | snap length | options: name, resolution | length |
 *   enhanced packet  | 6 | length | interface 0 | time high | time low | captured | original | bytes, padded to 4 | length |
 * </pre>
 */
final class PcapngWriter {

    /** Bytes that are kept at most: a write of so many takes some 50 us where a page cache takes them. */
    static final int CAPACITY = 1 << 18;
    /** What an IP packet can have at most, and a link header. */
    static final int MAX_FRAME = 65_536 + 64;

    private static final int SECTION_HEADER = 0x0a0d0d0a;
    private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    private static final int VERSION = 1;
    private static final long UNKNOWN_LENGTH = -1;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int ENHANCED_PACKET = 6;

    private static final int LENGTH_OFFSET = 4;
    private static final int TIME_HIGH_OFFSET = 12;
    private static final int TIME_LOW_OFFSET = 16;
    private static final int CAPTURED_LENGTH_OFFSET = 20;
    private static final int ORIGINAL_LENGTH_OFFSET = 24;
    private static final int DATA_OFFSET = 28;
    private static final int TRAILER_LENGTH = 4;

    private static final int OPTION_END = 0;
    private static final int OPTION_NAME = 2;
    private static final int OPTION_APPLICATION = 4;
    private static final int OPTION_RESOLUTION = 9;
    private static final int NANOSECONDS = 9;
    private static final int WORD = 4;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final OutputStream out;
    private final byte[] bytes = new byte[CAPACITY];
    private final MemorySegment blocks = MemorySegment.ofArray(bytes);
    private int length;
    private int blockStart;

    /**
     * Writes the file's beginning, so that it can be read from now on.
     *
     * @param linkType see {@link io.mcm.capture.LinkType}
     * @param name     of the interface, for people
     */
    PcapngWriter(OutputStream out, int linkType, int snapLength, String name) {
        this.out = out;
        begin(SECTION_HEADER);
        putInt(BYTE_ORDER_MAGIC);
        putInt(VERSION);
        putInt((int) UNKNOWN_LENGTH);
        putInt((int) (UNKNOWN_LENGTH >> Integer.SIZE));
        option(OPTION_APPLICATION, "mcm".getBytes(StandardCharsets.UTF_8));
        option(OPTION_END);
        end();
        begin(INTERFACE_DESCRIPTION);
        putInt(linkType);
        putInt(snapLength);
        option(OPTION_NAME, name.getBytes(StandardCharsets.UTF_8));
        option(OPTION_RESOLUTION, (byte) NANOSECONDS);
        option(OPTION_END);
        end();
        flush();
    }

    private void begin(int type) {
        blockStart = length;
        putInt(type);
        putInt(0);
    }

    private void end() {
        int total = length - blockStart + TRAILER_LENGTH;
        blocks.set(INT, blockStart + LENGTH_OFFSET, total);
        putInt(total);
    }

    private void putInt(int value) {
        blocks.set(INT, length, value);
        length += WORD;
    }

    private void option(int code, byte... value) {
        putInt(value.length << Short.SIZE | code);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += padded(value.length);
    }

    /**
     * Makes room for a frame, whose bytes the caller then writes into {@link #segment()} at the answer, before the next call.
     *
     * @param captured     bytes that will be written, at most {@link #MAX_FRAME}
     * @param original     bytes that the frame had on the wire
     * @param sinceEpoch   nanoseconds since 1970 UTC
     */
    long add(int captured, int original, long sinceEpoch) {
        int block = DATA_OFFSET + padded(captured) + TRAILER_LENGTH;
        if (block > CAPACITY - length) {
            flush();
        }
        int start = length;
        length += block;
        blocks.set(INT, start, ENHANCED_PACKET);
        blocks.set(INT, start + LENGTH_OFFSET, block);
        blocks.set(INT, start + LENGTH_OFFSET + WORD, 0);
        blocks.set(INT, start + TIME_HIGH_OFFSET, (int) (sinceEpoch >>> Integer.SIZE));
        blocks.set(INT, start + TIME_LOW_OFFSET, (int) sinceEpoch);
        blocks.set(INT, start + CAPTURED_LENGTH_OFFSET, captured);
        blocks.set(INT, start + ORIGINAL_LENGTH_OFFSET, original);
        // The last word of the data, whose end may be padding.
        blocks.set(INT, length - TRAILER_LENGTH - WORD, 0);
        blocks.set(INT, length - TRAILER_LENGTH, block);
        return start + DATA_OFFSET;
    }

    MemorySegment segment() {
        return blocks;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /** Hands everything to the stream. */
    void flush() {
        try {
            out.write(bytes, 0, length);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the recording cannot be written: " + e.getMessage(), e);
        }
        length = 0;
    }

    private static int padded(int length) {
        return (length + WORD - 1) & -WORD;
    }
}
