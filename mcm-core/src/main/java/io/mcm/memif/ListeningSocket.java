package io.mcm.memif;

import static java.lang.System.Logger.Level.WARNING;

import io.mcm.foreign.Errno;
import io.mcm.foreign.SystemCallException;
import io.mcm.foreign.UnixAddress;
import io.mcm.foreign.UnixSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** A server's socket: takes the place of a stale file, and leaves none behind. */
public final class ListeningSocket implements AutoCloseable {

    /** Connections that wait to be accepted, and that are accepted in one turn: a flood of them must not hold up the data path. */
    public static final int BACKLOG = 64;

    private static final System.Logger LOG = System.getLogger(ListeningSocket.class.getName());
    private static final int FILE_TYPE_MASK = 0xf000;
    private static final int FILE_TYPE_SOCKET = 0xc000;

    private final UnixAddress address;
    private final UnixSocket socket;

    private ListeningSocket(UnixAddress address, UnixSocket socket) {
        this.address = address;
        this.socket = socket;
    }

    /** As {@link MemifEngine#listen}. */
    public static ListeningSocket open(String path) {
        UnixAddress address = new UnixAddress(path);
        removeStale(address);
        return new ListeningSocket(address, UnixSocket.listen(address, BACKLOG));
    }

    private static void removeStale(UnixAddress address) {
        if (address.isAbstract() || !isSocket(Path.of(address.path()))) {
            return;
        }
        try {
            UnixSocket.connect(address).close();
        } catch (SystemCallException e) {
            if (e.errno() == Errno.ECONNREFUSED) {
                unlink(address);
            }
        }
    }

    /** connect(2) answers ECONNREFUSED for any other file too, which is not ours to remove. */
    private static boolean isSocket(Path path) {
        try {
            int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            return (mode & FILE_TYPE_MASK) == FILE_TYPE_SOCKET;
        } catch (IOException e) {
            return false;
        }
    }

    private static void unlink(UnixAddress address) {
        try {
            Files.deleteIfExists(Path.of(address.path()));
        } catch (IOException e) {
            LOG.log(WARNING, "socket file {0} cannot be removed: {1}", address, e.getMessage());
        }
    }

    public int fd() {
        return socket.fd();
    }

    /** The next connection, or null where none waits. */
    public UnixSocket accept() {
        return socket.accept();
    }

    @Override
    public void close() {
        socket.close();
        if (!address.isAbstract()) {
            unlink(address);
        }
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
