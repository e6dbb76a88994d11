package io.mcm.camera.source;

import io.mcm.camera.TimedPacketSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One pass of a source, kept in a file without a name and mapped, so that any number of cameras can play it at once from the same memory.
 *
 * <pre>
 *    | due 8 | channel 4 | length 4 | packet, padded to 8 |
 * </pre>
 */
public final class Spool implements RecordedPackets.Opener, AutoCloseable {

    private static final int DUE_OFFSET = 0;
    private static final int CHANNEL_OFFSET = 8;
    private static final int LENGTH_OFFSET = 12;
    private static final int HEADER_LENGTH = 16;
    private static final int ALIGNMENT = 8;
    private static final int BUFFER_LENGTH = 1 << 20;
    /** Of a source that never ends, as a synthetic one may be. */
    private static final long MAX_LENGTH = 4L << 30;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment packets;

    private Spool(FileChannel file) throws IOException {
        packets = file.map(FileChannel.MapMode.READ_ONLY, 0, file.size(), arena);
    }

    /** @throws IOException if the source cannot be read, has no end in sight, or the file cannot be written */
    public static Spool of(CameraSource source) throws IOException {
        Path path = Files.createTempFile("mcm-camera", ".spool");
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            Writer writer = new Writer(file);
            source.play(writer);
            writer.flush();
            return new Spool(file);
        } catch (UncheckedIOException e) {
            throw new IOException("the packets of a fleet cannot be kept in " + path.getParent() + ": " + e.getCause().getMessage(), e);
        } finally {
            Files.delete(path);
        }
    }

    /** Appends each packet. */
    private static final class Writer implements TimedPacketSink {

        private final FileChannel file;
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_LENGTH).order(java.nio.ByteOrder.nativeOrder());
        private long written;

        private Writer(FileChannel file) {
            this.file = file;
        }

        @Override
        public void packet(int channel, MemorySegment segment, long offset, int length, long dueNanos) {
            if (buffer.remaining() < HEADER_LENGTH + padded(length)) {
                flush();
            }
            buffer.putLong(dueNanos).putInt(channel).putInt(length).put(segment.asSlice(offset, length).asByteBuffer());
            buffer.position(buffer.position() + (int) padded(length) - length);
            written += HEADER_LENGTH + padded(length);
            if (written > MAX_LENGTH) {
                throw new UncheckedIOException(new IOException("more than " + MAX_LENGTH + " bytes; a fleet's source must end"));
            }
        }

        private void flush() {
            try {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    file.write(buffer);
                }
                buffer.clear();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public boolean isStopped() {
            return false;
        }
    }

    private static long padded(int length) {
        return length + ALIGNMENT - 1L & -ALIGNMENT;
    }

    /** Bytes that all cameras share. */
    public long length() {
        return packets.byteSize();
    }

    @Override
    public RecordedPackets open() {
        return new Cursor();
    }

    private final class Cursor implements RecordedPackets {

        private long at;
        private long nextAt;

        @Override
        public boolean next() {
            if (nextAt >= packets.byteSize()) {
                return false;
            }
            at = nextAt;
            nextAt += HEADER_LENGTH + padded(length());
            return true;
        }

        @Override
        public int channel() {
            return packets.get(ValueLayout.JAVA_INT, at + CHANNEL_OFFSET);
        }

        @Override
        public MemorySegment segment() {
            return packets;
        }

        @Override
        public long offset() {
            return at + HEADER_LENGTH;
        }

        @Override
        public int length() {
            return packets.get(ValueLayout.JAVA_INT, at + LENGTH_OFFSET);
        }

        @Override
        public long nanos() {
            return packets.get(ValueLayout.JAVA_LONG, at + DUE_OFFSET);
        }

        @Override
        public void close() {
            // The spool owns the memory.
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
