package io.mcm.camera.source;

import io.mcm.h264.AccessUnits;
import io.mcm.h264.NalHeader;
import io.mcm.h264.NalType;
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
import java.util.ArrayList;
import java.util.List;

/** Reads an H.264 byte stream (ITU-T H.264 annex B), one access unit a frame period. */
public final class AnnexBSource implements NalUnitSource {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double TICKS_PER_SECOND = 90_000;

    private final Path file;
    private final double framesPerSecond;
    private final int passes;
    /** Collected when nobody uses the source any more, so that no packet of it can be gone. */
    private final Arena arena = Arena.ofAuto();
    private final MemorySegment stream;
    private AccessUnits units;
    private int pass;
    private long begun;

    /**
     * @param framesPerSecond above 0
     * @param passes          how often the stream is played; 0 for without end
     * @throws IOException if it is no byte stream
     */
    public AnnexBSource(Path file, double framesPerSecond, int passes) throws IOException {
        this.file = file;
        this.framesPerSecond = framesPerSecond;
        this.passes = passes;
        stream = map();
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
    public List<byte[]> parameterSets() {
        List<byte[]> sets = new ArrayList<>();
        AccessUnits all = new AccessUnits(stream);
        for (boolean before = all.next(); before && !isSlice(all); before = all.next()) {
            int type = type(all);
            if (type == NalType.SPS || type == NalType.PPS) {
                sets.add(stream.asSlice(all.offset(), all.length()).toArray(ValueLayout.JAVA_BYTE));
            }
        }
        return sets;
    }

    private boolean isSlice(AccessUnits units) {
        return NalType.isSlice(type(units));
    }

    private int type(AccessUnits units) {
        return NalHeader.type(stream.get(ValueLayout.JAVA_BYTE, units.offset()));
    }

    @Override
    public boolean step(NalUnitSink sink) throws IOException {
        if (units == null && !beginPass()) {
            return false;
        }
        sink.beginAccessUnit((int) (long) (begun * TICKS_PER_SECOND / framesPerSecond), (long) (begun * NANOS_PER_SECOND / framesPerSecond));
        begun++;
        do {
            send(sink);
        } while (nextUnit() && !units.startsAccessUnit());
        sink.endAccessUnit();
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

    private void send(NalUnitSink sink) throws IOException {
        try {
            sink.nalUnit(stream, units.offset(), units.length());
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": at byte " + units.offset() + ": " + e.getMessage(), e);
        }
    }
}
