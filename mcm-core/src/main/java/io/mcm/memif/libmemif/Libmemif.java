package io.mcm.memif.libmemif;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.mcm.foreign.NativeFunction;
import io.mcm.foreign.NativeLibrary;
import io.mcm.foreign.Upcall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The functions of libmemif.h that we use. Each answers libmemif's error, 0 where there is none. */
final class Libmemif {

    /** MEMIF_ERR_SUCCESS. */
    static final int SUCCESS = 0;
    /** MEMIF_ERR_NOBUF_RING: fewer buffers than asked were free; those that were are given. */
    static final int NOBUF_RING = 18;
    /** MEMIF_ERR_NOBUF: more packets wait than there was room for; as many as there was room for are given. */
    static final int NOBUF = 19;
    /** MEMIF_ERR_INT_WRITE: published, but the eventfd could not be written. */
    static final int INT_WRITE = 21;

    /** MEMIF_FD_EVENT_READ. */
    static final int EVENT_READ = 1;
    /** MEMIF_FD_EVENT_DEL. */
    static final int EVENT_DELETE = 8;

    private static final int DEFAULT_BUFFER_SIZE = 2048;

    private final NativeLibrary library;
    private final Abi abi;
    private final NativeFunction createSocket;
    private final NativeFunction deleteSocket;
    private final NativeFunction setListenerFd;
    private final NativeFunction create;
    private final NativeFunction delete;
    private final NativeFunction controlFdHandler;
    private final NativeFunction getDetails;
    private final NativeFunction getQueueEfd;
    private final NativeFunction setRxMode;
    private final NativeFunction bufferAlloc;
    private final NativeFunction setNextFreeBuffer;
    private final NativeFunction txBurst;
    private final NativeFunction rxBurst;
    private final NativeFunction refillQueue;
    private final NativeFunction strerror;

    private Libmemif(NativeLibrary library) {
        this.library = library;
        createSocket = library.function("memif_create_socket");
        deleteSocket = library.function("memif_delete_socket");
        setListenerFd = library.function("memif_set_listener_fd");
        create = library.function("memif_create");
        delete = library.function("memif_delete");
        controlFdHandler = library.function("memif_control_fd_handler");
        getDetails = library.function("memif_get_details");
        getQueueEfd = library.function("memif_get_queue_efd");
        setRxMode = library.function("memif_set_rx_mode");
        bufferAlloc = library.function("memif_buffer_alloc");
        setNextFreeBuffer = library.function("memif_set_next_free_buffer");
        txBurst = library.function("memif_tx_burst");
        rxBurst = library.function("memif_rx_burst");
        refillQueue = library.function("memif_refill_queue");
        strerror = library.function("memif_strerror");
        abi = probe();
    }

    /** @throws UnsatisfiedLinkError with the loader's reason, or naming the function that is missing */
    static Libmemif load(String name) {
        return new Libmemif(NativeLibrary.load(name));
    }

    /**
     * Which ABI this is: memif_create writes its defaults into arguments that are zero (main.c), and zeros say the same in both layouts.
     * So a slave of a socket that nobody listens on is created, and where the default of 2048 has appeared is where buffer_size lies. No
     * descriptor is opened and no memory mapped.
     */
    private Abi probe() {
        try (Arena arena = Arena.ofConfined()) {
            long nothing = Upcall.function((_, _, _) -> 0, arena);
            MemorySegment handles = arena.allocate(JAVA_LONG, 2);
            MemorySegment args = arena.allocate(Abi.LENGTH, Long.BYTES);
            String path = "@mcm-probe-" + ProcessHandle.current().pid() + "-" + args.address();
            check(createSocket(handles, SocketArgs.of(arena, path, "probe", nothing)), "memif_create_socket");
            args.set(JAVA_LONG, Abi.SOCKET_OFFSET, handles.get(JAVA_LONG, 0));
            MemorySegment connection = handles.asSlice(Long.BYTES);
            check(create(connection, args, nothing, nothing), "memif_create");
            delete(connection);
            deleteSocket(handles);
            return abiOf(args);
        }
    }

    private Abi abiOf(MemorySegment args) {
        if (args.get(JAVA_INT, Abi.MCM.bufferSizeOffset) == DEFAULT_BUFFER_SIZE) {
            return Abi.MCM;
        }
        if (args.get(JAVA_SHORT_UNALIGNED, Abi.UPSTREAM.bufferSizeOffset) == DEFAULT_BUFFER_SIZE) {
            return Abi.UPSTREAM;
        }
        throw new UnsatisfiedLinkError(library + " is neither MCM's libmemif 4.0 nor upstream's: its memif_conn_args_t is unknown");
    }

    Abi abi() {
        return abi;
    }

    /** @throws IllegalStateException for an error that only a caller's mistake or a lack of memory or descriptors explains */
    void check(int error, String call) {
        if (error != SUCCESS) {
            throw new IllegalStateException(call + ": " + strerror.text(error));
        }
    }

    int createSocket(MemorySegment socket, MemorySegment args) {
        return createSocket.call(socket.address(), args.address(), 0);
    }

    int deleteSocket(MemorySegment socket) {
        return deleteSocket.call(socket.address());
    }

    int setListenerFd(long socket, int fd) {
        return setListenerFd.call(socket, fd, 0);
    }

    /** Without on_interrupt: memif_configure_rx_interrupt counts a master's queues wrong. */
    int create(MemorySegment connection, MemorySegment args, long onConnect, long onDisconnect) {
        return create.call(connection.address(), args.address(), onConnect, onDisconnect, 0, 0);
    }

    int delete(MemorySegment connection) {
        return delete.call(connection.address());
    }

    int controlFdHandler(long context) {
        return controlFdHandler.call(context, EVENT_READ, 0);
    }

    int getDetails(long connection, MemorySegment details, MemorySegment buffer) {
        return getDetails.call(connection, details.address(), buffer.address(), buffer.byteSize(), 0, 0);
    }

    int getQueueEfd(long connection, int queue, MemorySegment fd) {
        return getQueueEfd.call(connection, queue, fd.address());
    }

    int setRxMode(long connection, boolean polling, int queue) {
        return setRxMode.call(connection, polling ? 1 : 0, queue);
    }

    int bufferAlloc(long connection, int queue, long buffers, int count, MemorySegment countOut, int size) {
        return bufferAlloc.call(connection, queue, buffers, count, countOut.address(), size);
    }

    int setNextFreeBuffer(long connection, int queue, long buffer) {
        return setNextFreeBuffer.call(connection, queue, buffer);
    }

    int txBurst(long connection, int queue, long buffers, int count, MemorySegment sent) {
        return txBurst.call(connection, queue, buffers, count, sent.address(), 0);
    }

    int rxBurst(long connection, int queue, long buffers, int count, MemorySegment received) {
        return rxBurst.call(connection, queue, buffers, count, received.address(), 0);
    }

    int refillQueue(long connection, int queue, int count) {
        return refillQueue.call(connection, queue, count, 0, 0, 0);
    }

    @Override
    public String toString() {
        return library.toString();
    }
}
