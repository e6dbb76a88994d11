package io.mcm.memif.libmemif;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.mcm.foreign.Descriptors;
import io.mcm.foreign.Reactor;
import io.mcm.foreign.Upcall;
import io.mcm.memif.ListeningSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A {@code memif_socket_handle_t} whose descriptors our reactor watches. What libmemif calls us for is noted, and done once it has
 * returned: its frames hold pointers to what an owner may then delete.
 */
final class LibmemifSocket implements AutoCloseable {

    private final Libmemif library;
    private final Reactor reactor;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment handle = arena.allocate(JAVA_LONG);
    private final Deque<Runnable> noted = new ArrayDeque<>();
    private final List<Integer> watched = new ArrayList<>();
    private Runnable instead;
    private boolean closed;

    LibmemifSocket(Libmemif library, Reactor reactor, String path, String appName) {
        this.library = library;
        this.reactor = reactor;
        long update = Upcall.function(this::onControlFdUpdate, arena);
        library.check(library.createSocket(handle, SocketArgs.of(arena, path, appName, update)), "memif_create_socket");
    }

    Libmemif library() {
        return library;
    }

    long handle() {
        return handle.get(JAVA_LONG, 0);
    }

    /** libmemif would bind a socket of its own, keep a backlog of 1, and never close it. */
    void listenOn(ListeningSocket listener) {
        library.check(library.setListenerFd(handle(), listener.fd()), "memif_set_listener_fd");
    }

    /** {@code memif_fd_event_t} fd 0:4, type 4:4, context 8:8, by value. */
    private long onControlFdUpdate(long fdAndType, long context, long owner) {
        int fd = (int) fdAndType;
        if ((fdAndType >>> Integer.SIZE & Libmemif.EVENT_DELETE) != 0) {
            watched.remove((Integer) fd);
            reactor.remove(fd);
        } else {
            // A peer that does not read its control socket would hold us up.
            Descriptors.setNonBlocking(fd);
            reactor.add(fd, () -> onReadable(context));
            watched.add(fd);
        }
        return 0;
    }

    private void onReadable(long context) {
        if (instead != null) {
            instead.run();
            return;
        }
        library.controlFdHandler(context);
        settle();
    }

    /** Whether libmemif has a descriptor open. */
    boolean isWatched() {
        return !watched.isEmpty();
    }

    /** From here on whatever comes on a control descriptor is not shown to libmemif. */
    void intercept(Runnable handler) {
        instead = handler;
    }

    /** Takes the control descriptors out of the reactor. */
    void ignore() {
        watched.forEach(reactor::remove);
    }

    void note(Runnable event) {
        noted.addLast(event);
    }

    /** Does what was noted; only when no frame of libmemif is below. */
    void settle() {
        for (Runnable event = noted.pollFirst(); event != null; event = noted.pollFirst()) {
            event.run();
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            library.deleteSocket(handle);
            arena.close();
        }
    }
}
