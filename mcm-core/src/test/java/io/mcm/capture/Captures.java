package io.mcm.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The captures that tests read: the repository's, and those that lie beside it where somebody has more. */
final class Captures {

    private static final Path OWN = Path.of("..", "pcaps");
    private static final Path MORE = Path.of("..", "..", "shared", "pcaps");

    private Captures() {}

    static Path own(String name) {
        return OWN.resolve(name);
    }

    static List<Path> all() throws IOException {
        try (Stream<Path> own = Files.list(OWN); Stream<Path> more = Files.isDirectory(MORE) ? Files.list(MORE) : Stream.empty()) {
            List<Path> found = Stream.concat(own, more).filter(file -> file.toString().matches(".*\\.pcap(ng)?")).sorted().toList();
            if (found.isEmpty()) {
                throw new IllegalStateException("no captures in " + OWN.toAbsolutePath());
            }
            return found;
        }
    }
}
