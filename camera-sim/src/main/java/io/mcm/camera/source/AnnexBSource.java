package io.mcm.camera.source;

import io.mcm.camera.TimedPacketSink;
import io.mcm.h264.AccessUnits;
import io.mcm.h264.Packetizer;
import io.mcm.h264.PacketizerConfig;
import io.mcm.metric.FileTrouble;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Sends an H.264 byte stream (ITU-T H.264 annex B), in packetization mode 1 and one access unit a frame period. */
public final class AnnexBSource implements CameraSource {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double TICKS_PER_SECOND = 90_000;

    private final Path file;
    private final PacketizerConfig config;
    private final double framesPerSecond;

    /** @param framesPerSecond above 0 */
    public AnnexBSource(Path file, PacketizerConfig config, double framesPerSecond) {
        this.file = file;
        this.config = config;
        this.framesPerSecond = framesPerSecond;
    }

    @Override
    public void play(int passes, TimedPacketSink sink) throws IOException {
        try (FileChannel channel = open(); Arena arena = Arena.ofConfined()) {
            MemorySegment stream = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            if (!startsWithUnit(stream)) {
                throw new IOException(file + ": does not begin with a NAL unit; an H.264 byte stream (Annex B) begins with a start code"
                    + " 000001 or 00000001");
            }
            playMapped(stream, passes, sink);
        }
    }

    /** Three bytes that look like a start code stand in many a file: only zeros may come before the first. */
    private static boolean startsWithUnit(MemorySegment stream) {
        AccessUnits units = new AccessUnits(stream);
        if (!units.next()) {
            return false;
        }
        long ones = 0;
        for (long at = 0; at < units.offset(); at++) {
            ones += stream.get(ValueLayout.JAVA_BYTE, at);
        }
        return ones == 1;
    }

    private FileChannel open() throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + ": is a directory; an H.264 byte stream is needed");
        }
        try {
            return FileChannel.open(file, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            throw new IOException(file + ": no such file", e);
        } catch (IOException e) {
            throw new IOException(file + ": cannot be opened: " + FileTrouble.reason(e), e);
        }
    }

    private void playMapped(MemorySegment stream, int passes, TimedPacketSink sink) throws IOException {
        Frames frames = new Frames(sink);
        for (int pass = 0; (passes == 0 || pass < passes) && !sink.isStopped(); pass++) {
            AccessUnits units = new AccessUnits(stream);
            while (!sink.isStopped() && units.next()) {
                if (units.startsAccessUnit()) {
                    frames.begin();
                }
                send(frames.packetizer, stream, units);
            }
            frames.end();
        }
    }

    private void send(Packetizer packetizer, MemorySegment stream, AccessUnits units) throws IOException {
        try {
            packetizer.nalUnit(stream, units.offset(), units.length());
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": at byte " + units.offset() + ": " + e.getMessage(), e);
        }
    }

    /** The access units sent, one a frame period. */
    private final class Frames {

        private final Packetizer packetizer;
        private long begun;
        private boolean open;
        private long dueNanos;

        private Frames(TimedPacketSink sink) {
            MemorySegment buffer = Arena.ofAuto().allocate(Packetizer.bufferLength(config));
            packetizer = new Packetizer(config, 0, buffer, (segment, offset, length) -> sink.packet(segment, offset, length, dueNanos));
        }

        private void begin() {
            end();
            open = true;
            dueNanos = (long) (begun * NANOS_PER_SECOND / framesPerSecond);
            packetizer.beginAccessUnit((int) (long) (begun * TICKS_PER_SECOND / framesPerSecond));
            begun++;
        }

        private void end() {
            if (open) {
                open = false;
                packetizer.endAccessUnit();
            }
        }
    }
}
