package io.mcm.ingest.mtl;

import io.mcm.foreign.Errno;
import io.mcm.foreign.SystemCallException;
import io.mcm.ingest.PacketSource;
import io.mcm.ingest.PolledSource;
import io.mcm.ingest.Transport;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** UDP ports of MTL. */
public final class MtlTransport implements Transport {

    /** Names the library, where no option does. */
    public static final String ENVIRONMENT_VARIABLE = Libmtl.ENVIRONMENT_VARIABLE;
    /** What the loader looks for, where nobody names it. */
    public static final String DEFAULT_LIBRARY = Libmtl.DEFAULT_NAME;

    private final Libmtl library;
    private final MtlPort port;
    private final MtlContext context;
    private boolean closed;

    private MtlTransport(Libmtl library, MtlPort port, MtlContext context) {
        this.library = library;
        this.port = port;
        this.context = context;
    }

    /**
     * Starts MTL, or shares what this process has started. Blocks for up to two seconds.
     *
     * @param library a path or a name that the loader finds; null for {@code MCM_LIBMTL}, else {@code libmtl.so}
     * @param address IPv4; taken for the port's own where it has left the kernel
     * @throws MtlException saying what is missing and what mends it
     */
    public static MtlTransport open(MtlPort port, String library, InetAddress address) {
        if (!(address instanceof Inet4Address)) {
            throw new MtlException("MTL port " + port + ": address " + address.getHostAddress() + ", MTL has IPv4 only");
        }
        Libmtl loaded = Libmtl.load(library);
        new Preconditions(Path.of("/")).unmet(port).ifPresent(unmet -> {
            throw new MtlException("MTL port " + port + ": " + unmet.text());
        });
        return new MtlTransport(loaded, port, MtlContext.acquire(loaded, port, address.getAddress()));
    }

    /**
     * What a library says that it is: file and version.
     *
     * @throws MtlException where it is no libmtl that could be used
     */
    public static String describe(String library) {
        return Libmtl.load(library).toString();
    }

    /** But for {@link Backend#KERNEL}, MTL tells packets by their UDP port alone and does not look at the address. */
    @Override
    public PacketSource bind(InetSocketAddress address) {
        try {
            return PolledSource.bind(library.sockets(), context.socket(), address);
        } catch (SystemCallException e) {
            if (e.errno() == Errno.ENOMEM && port.backend() == Backend.DPDK_AF_PACKET) {
                throw new MtlException("MTL port " + port + " takes one UDP port at a time, and has one", e);
            }
            throw e;
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            context.release();
        }
    }

    @Override
    public String toString() {
        return "mtl:" + port + " (" + library + ")";
    }
}
