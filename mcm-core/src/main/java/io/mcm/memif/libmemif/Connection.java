package io.mcm.memif.libmemif;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.mcm.foreign.Upcall;
import io.mcm.memif.MemifConfig;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A {@code memif_conn_handle_t}: a slave that has begun to connect, or a master that serves one slave after the other. When a
 * connection ends libmemif calls, and then unmaps: the views of the memory are closed within that call.
 */
final class Connection {

    private final LibmemifSocket socket;
    private final Libmemif library;
    private final Role role;
    private final Runnable onChange;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment handle = arena.allocate(JAVA_LONG);
    private boolean up;
    private boolean ended;
    private boolean deleted;
    private Runnable onUnmap = () -> {};

    /** @param onChange called when {@link #isUp} has changed, and not from within libmemif */
    Connection(LibmemifSocket socket, Role role, MemifConfig config, Runnable onChange) {
        this.socket = socket;
        this.library = socket.library();
        this.role = role;
        this.onChange = onChange;
        long connect = Upcall.function((_, _, _) -> onConnect(), arena);
        long disconnect = Upcall.function((_, _, _) -> onDisconnect(), arena);
        library.check(library.create(handle, args(config), connect, disconnect), "memif_create");
    }

    private MemorySegment args(MemifConfig config) {
        Abi abi = library.abi();
        MemorySegment args = arena.allocate(Abi.LENGTH, Long.BYTES);
        args.set(JAVA_LONG, Abi.SOCKET_OFFSET, socket.handle());
        args.setString(Abi.SECRET_OFFSET, config.secret());
        args.set(JAVA_BYTE, Abi.S2M_RINGS_OFFSET, (byte) config.s2mRings());
        args.set(JAVA_BYTE, Abi.M2S_RINGS_OFFSET, (byte) config.m2sRings());
        if (abi == Abi.MCM) {
            args.set(JAVA_INT, abi.bufferSizeOffset, config.bufferLength());
        } else {
            args.set(JAVA_SHORT_UNALIGNED, abi.bufferSizeOffset, (short) config.bufferLength());
        }
        args.set(JAVA_BYTE, abi.log2RingSizeOffset, (byte) config.log2RingSize());
        args.set(JAVA_BYTE, abi.isMasterOffset, (byte) (role == Role.MASTER ? 1 : 0));
        args.set(JAVA_INT, abi.idOffset, config.id());
        args.setString(abi.nameOffset, config.name());
        return args;
    }

    private long onConnect() {
        up = true;
        socket.note(onChange);
        return 0;
    }

    /** Also for a handshake that failed. */
    private long onDisconnect() {
        up = false;
        ended = true;
        onUnmap.run();
        socket.note(onChange);
        return 0;
    }

    Libmemif library() {
        return library;
    }

    Role role() {
        return role;
    }

    /** 0 once deleted, which libmemif answers with an error. */
    long handle() {
        return deleted ? 0 : handle.get(JAVA_LONG, 0);
    }

    boolean isUp() {
        return up;
    }

    /** Whether it was up once, or its handshake failed. */
    boolean hasEnded() {
        return ended;
    }

    /** Called before the memory goes. */
    void onUnmap(Runnable handler) {
        onUnmap = handler;
    }

    /** Ends it, with its memory. */
    void delete() {
        if (!deleted) {
            library.delete(handle);
            deleted = true;
            arena.close();
        }
    }
}
