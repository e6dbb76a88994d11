package io.mcm.perf;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What this process holds.
 *
 * @param heapKib       used, after a collection
 * @param descriptors   open
 * @param mappings      lines of /proc/self/maps
 * @param anonymousKib  resident memory that is no file's and no shared memory, the JVM's own included
 * @param sharedKib     resident pages of shared memory: of the rings
 */
public record Footprint(long heapKib, long descriptors, long mappings, long anonymousKib, long sharedKib) {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long KIB = 1024;

    public static Footprint now() throws IOException {
        System.gc();
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd")); Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            return new Footprint(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / KIB, open.count(), maps.count(),
                status("RssAnon:"), status("RssShmem:"));
        }
    }

    private static long status(String name) throws IOException {
        return Files.readAllLines(STATUS).stream().filter(line -> line.startsWith(name))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElseThrow();
    }
}
