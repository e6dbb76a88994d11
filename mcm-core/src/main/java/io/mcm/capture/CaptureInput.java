package io.mcm.capture;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;

/** A capture's bytes in order, through one buffer, with the byte order that the file turns out to have. Never the whole file. */
final class CaptureInput implements AutoCloseable {

    /** Most bytes of one frame: libpcap's MAXIMUM_SNAPLEN (pcap-int.h) and Wireshark's WTAP_MAX_PACKET_SIZE_STANDARD. */
    static final int MAX_FRAME = 262_144;
    /** Several frames of the largest kind, so that the rest is seldom moved to the front. */
    static final int CAPACITY = 4 * MAX_FRAME;

    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Path file;
    private final ReadableByteChannel channel;
    private final ByteBuffer buffer;
    private final MemorySegment segment;
    private int start;
    private int end;
    private boolean bigEndian;

    /** @param buffer of {@link #CAPACITY}, or as long as all that the channel has */
    CaptureInput(Path file, ReadableByteChannel channel, ByteBuffer buffer) {
        this.file = file;
        this.channel = channel;
        this.buffer = buffer;
        segment = MemorySegment.ofBuffer(buffer);
    }

    Path file() {
        return file;
    }

    MemorySegment segment() {
        return segment;
    }

    /** Where in {@link #segment()} the next byte lies; moves only with {@link #ensure}, {@link #advance} and {@link #skip}. */
    int position() {
        return start;
    }

    void bigEndian(boolean yes) {
        bigEndian = yes;
    }

    /**
     * Brings the next {@code wanted} bytes into the buffer, side by side.
     *
     * @param wanted at most {@link #MAX_FRAME} and a header
     * @return {@code wanted}, or the fewer that the file still has
     */
    int ensure(int wanted) throws CaptureException {
        if (end - start >= wanted) {
            return wanted;
        }
        if (start + wanted > buffer.capacity()) {
            moveToFront();
        }
        while (end - start < wanted && fill()) {
            // fill() reads what the file gives at once
        }
        return Math.min(wanted, end - start);
    }

    private void moveToFront() {
        MemorySegment.copy(segment, start, segment, 0, end - start);
        end -= start;
        start = 0;
    }

    private boolean fill() throws CaptureException {
        buffer.clear().position(end);
        try {
            int count = channel.read(buffer);
            end += Math.max(count, 0);
            return count >= 0;
        } catch (IOException e) {
            throw new CaptureException(file, "cannot be read: " + e.getMessage(), e);
        }
    }

    /** Leaves bytes behind that {@link #ensure} has brought. */
    void advance(int bytes) {
        start += bytes;
    }

    /** Leaves bytes behind, brought or not. False: the file ended first. */
    boolean skip(long bytes) throws CaptureException {
        long left = bytes;
        while (left > 0) {
            int step = ensure((int) Math.min(left, MAX_FRAME));
            if (step == 0) {
                return false;
            }
            advance(step);
            left -= step;
        }
        return true;
    }

    /** The 16 bits at {@code offset} from the position, in the file's byte order. */
    int u16(int offset) {
        short value = segment.get(U16, start + offset);
        return (bigEndian ? Short.reverseBytes(value) : value) & 0xffff;
    }

    /** The 32 bits at {@code offset} from the position, in the file's byte order; unsigned when widened by the caller. */
    int i32(int offset) {
        int value = segment.get(U32, start + offset);
        return bigEndian ? Integer.reverseBytes(value) : value;
    }

    long u32(int offset) {
        return Integer.toUnsignedLong(i32(offset));
    }

    long i64(int offset) {
        long first = u32(offset);
        long second = u32(offset + Integer.BYTES);
        return bigEndian ? first << Integer.SIZE | second : second << Integer.SIZE | first;
    }

    int u8(int offset) {
        return segment.get(ValueLayout.JAVA_BYTE, start + offset) & 0xff;
    }

    @Override
    public void close() throws CaptureException {
        try {
            channel.close();
        } catch (IOException e) {
            throw new CaptureException(file, "cannot be closed: " + e.getMessage(), e);
        }
    }
}
