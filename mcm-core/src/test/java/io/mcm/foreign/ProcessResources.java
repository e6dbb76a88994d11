package io.mcm.foreign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** What this process holds of the kernel's, as /proc tells: leaks show as a difference. */
public record ProcessResources(long sockets, long eventFds, long memfds, long epolls, long mappings) {

    private static final long PATIENCE_MILLIS = 60_000;

    public static ProcessResources now() {
        return new ProcessResources(
            links("socket:"), links("anon_inode:[eventfd]"), links("/memfd:"), links("anon_inode:[eventpoll]"), mappings("memfd:"));
    }

    /** What is left once it is what was expected, or after {@link #PATIENCE_MILLIS}: memory is unmapped on another thread. */
    public static ProcessResources settled(ProcessResources expected) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        ProcessResources now = now();
        while (!now.equals(expected) && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            now = now();
        }
        return now;
    }

    private static long links(String prefix) {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(fd -> target(fd).startsWith(prefix)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path fd) {
        try {
            return Files.readSymbolicLink(fd).toString();
        } catch (IOException gone) {
            return "";
        }
    }

    private static long mappings(String name) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.filter(line -> line.contains(name)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
