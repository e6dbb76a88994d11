package io.mcm.h264.parameter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;

/** A row of parameter-sets.csv: the sets that x264 (through ffmpeg) wrote with the options named, and what ffprobe says of the stream. */
record SetCase(String name, String profile, int level, int width, int height, String frameRate, String aspectRatio, String pixels,
        boolean interlaced, int reorderFrames, MemorySegment sps, MemorySegment pps) {

    private static final Path TABLE = Path.of("src", "test", "resources", "io", "mcm", "h264", "parameter", "parameter-sets.csv");

    static Stream<SetCase> all() {
        try {
            return Files.readAllLines(TABLE).stream().skip(1).map(SetCase::of);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SetCase of(String line) {
        String[] cells = line.split(",");
        return new SetCase(cells[0], cells[1], Integer.parseInt(cells[2]), Integer.parseInt(cells[3]), Integer.parseInt(cells[4]),
            cells[5], cells[6], cells[7], cells[8].equals("yes"), Integer.parseInt(cells[9]), unit(cells[10]), unit(cells[11]));
    }

    static MemorySegment unit(String hex) {
        return MemorySegment.ofArray(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    @Override
    public String toString() {
        return name;
    }
}
