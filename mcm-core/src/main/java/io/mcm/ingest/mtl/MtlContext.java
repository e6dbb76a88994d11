package io.mcm.ingest.mtl;

/**
 * MTL's context, of which a process can have one, once: DPDK beneath does not start twice. Counted: it ends with the last who has it.
 */
final class MtlContext {

    private static final Object LOCK = new Object();
    private static MtlContext current;
    private static boolean ended;

    private final Libmtl library;
    private final MtlPort port;
    private final long handle;
    private int holders;

    private MtlContext(Libmtl library, MtlPort port, long handle) {
        this.library = library;
        this.port = port;
        this.handle = handle;
    }

    /**
     * The process's context, started where it has none. Blocks for up to two seconds then.
     *
     * @throws MtlException where it runs on another port, has ended before, or does not start
     */
    static MtlContext acquire(Libmtl library, MtlPort port, byte[] address) {
        synchronized (LOCK) {
            if (current == null) {
                current = start(library, port, address);
            } else if (!current.port.equals(port)) {
                throw new MtlException("MTL port " + port + ": this process has MTL on " + current.port + " already, and can have one only");
            }
            return current.hold();
        }
    }

    private static MtlContext start(Libmtl library, MtlPort port, byte[] address) {
        if (ended) {
            throw new MtlException("MTL port " + port + ": MTL has ended in this process and does not start twice; restart the process");
        }
        long handle = library.init(port, address);
        if (handle == 0) {
            throw new MtlException("MTL port " + port + ": mtl_init failed; MTL's own lines above say why");
        }
        MtlContext context = new MtlContext(library, port, handle);
        context.awaitClock();
        return context;
    }

    /** The first socket waits for MTL to measure its clock: better now than on a thread that has packets to carry. */
    private void awaitClock() {
        long socket = library.socket(handle);
        if (socket != 0) {
            library.sockets().close(socket);
        }
    }

    private MtlContext hold() {
        holders++;
        return this;
    }

    /** A new socket; the caller closes it before it {@linkplain #release lets go} of the context. */
    long socket() {
        synchronized (LOCK) {
            long socket = library.socket(handle);
            if (socket == 0) {
                throw new MtlException("MTL port " + port + ": mudp_socket failed; MTL's own lines above say why");
            }
            return socket;
        }
    }

    void release() {
        synchronized (LOCK) {
            if (--holders == 0) {
                current = null;
                ended = true;
                library.uninit(handle);
            }
        }
    }
}
