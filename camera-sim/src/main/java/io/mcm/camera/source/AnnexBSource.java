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

    private static final int RTP = 0;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double TICKS_PER_SECOND = 90_000;

    private final Path file;
    private final double framesPerSecond;
    private final int passes;
    /** Collected when nobody uses the source any more, so that no packet of it can be gone. */
    private final Arena arena = Arena.ofAuto();
    private final MemorySegment stream;
    private final Packetizer packetizer;
    private AccessUnits units;
    private TimedPacketSink sink;
    private int pass;
    private long begun;
    private long dueNanos;

    /**
     * @param framesPerSecond above 0
     * @param passes          how often the stream is played; 0 for without end
     * @throws IOException if it is no byte stream
     */
    public AnnexBSource(Path file, PacketizerConfig config, double framesPerSecond, int passes) throws IOException {
        this.file = file;
        this.framesPerSecond = framesPerSecond;
        this.passes = passes;
        stream = map();
        MemorySegment buffer = arena.allocate(Packetizer.bufferLength(config));
        packetizer = new Packetizer(config, 0, buffer, (segment, offset, length) -> sink.packet(RTP, segment, offset, length, dueNanos));
        if (!startsWithUnit(stream)) {
            throw new IOException(file + ": does not begin with a NAL unit; an H.264 byte stream (Annex B) begins with a start code"
                + " 000001 or 00000001");
        }
    }

    private MemorySegment map() throws IOException {
        try (FileChannel channel = open()) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
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

    @Override
    public boolean step(TimedPacketSink to) throws IOException {
        if (units == null && !beginPass()) {
            return false;
        }
        sink = to;
        begin();
        do {
            send();
        } while (nextUnit() && !units.startsAccessUnit());
        packetizer.endAccessUnit();
        return true;
    }

    private boolean beginPass() {
        if (passes != 0 && pass == passes) {
            return false;
        }
        pass++;
        units = new AccessUnits(stream);
        return nextUnit();
    }

    /** A pass that is over leaves no units. */
    private boolean nextUnit() {
        if (units.next()) {
            return true;
        }
        units = null;
        return false;
    }

    private void begin() {
        dueNanos = (long) (begun * NANOS_PER_SECOND / framesPerSecond);
        packetizer.beginAccessUnit((int) (long) (begun * TICKS_PER_SECOND / framesPerSecond));
        begun++;
    }

    private void send() throws IOException {
        try {
            packetizer.nalUnit(stream, units.offset(), units.length());
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": at byte " + units.offset() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        // The mapping goes with the last that knows a packet of it.
    }
}
