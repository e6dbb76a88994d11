package io.mcm.perf.gate;

import io.mcm.cli.EnvironmentException;
import io.mcm.metric.FileTrouble;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A measurement beside another is none: one on this machine at a time. The lock goes with its process, whatever becomes of that. */
public final class MachineLock implements AutoCloseable {

    private final FileChannel channel;

    private MachineLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Where all users of this machine look. */
    public static Path file() {
        return Path.of(System.getProperty("java.io.tmpdir"), "mcm-perf.lock");
    }

    /** @throws EnvironmentException where another process measures, or the file cannot be opened */
    public static MachineLock take(Path file) {
        try {
            return take(file, open(file));
        } catch (IOException e) {
            throw new EnvironmentException("the lock " + file + " of mcm perf: " + FileTrouble.reason(e), e);
        }
    }

    /** Another user's file can be read. */
    private static FileChannel open(Path file) throws IOException {
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (AccessDeniedException _) {
            return FileChannel.open(file, StandardOpenOption.READ);
        }
    }

    private static MachineLock take(Path file, FileChannel channel) throws IOException {
        if (!isTaken(channel)) {
            return new MachineLock(channel);
        }
        channel.close();
        throw new EnvironmentException("another mcm perf measures on this machine just now (it holds " + file
            + "), and two at a time measure each other: start this one again when it has ended");
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() == null;
        } catch (java.nio.channels.NonWritableChannelException _) {
            return channel.tryLock(0, Long.MAX_VALUE, true) == null;
        } catch (OverlappingFileLockException _) {
            return true;
        }
    }

    /** The file stays: to remove it would let two hold locks of the same name. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
