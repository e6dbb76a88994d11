package io.mcm.ingest.mtl;

import static org.junit.jupiter.api.Assumptions.abort;

import java.net.InetAddress;

/**
 * libmtl of this machine, on its loopback interface. No registry ships it, so that its absence is no failure; where {@code MCM_LIBMTL} names
 * one, whatever keeps it from running is. Started once and left running, for a process cannot start it again.
 */
final class InstalledLibmtl {

    private static final MtlPort LOOPBACK = MtlPort.parse("kernel:lo");

    private static MtlTransport transport;

    private InstalledLibmtl() {}

    static synchronized MtlTransport require() {
        if (transport == null) {
            transport = open();
            Runtime.getRuntime().addShutdownHook(new Thread(transport::close));
        }
        return transport;
    }

    /** The library itself, not started. */
    static Libmtl library() {
        try {
            return Libmtl.load(null);
        } catch (MtlException e) {
            if (System.getenv(MtlTransport.ENVIRONMENT_VARIABLE) != null) {
                throw e;
            }
            return abort("libmtl is not installed: build github.com/OpenVisualCloud/Media-Transport-Library, v26.01 or before, and name the "
                + "file in " + MtlTransport.ENVIRONMENT_VARIABLE);
        }
    }

    private static MtlTransport open() {
        library();
        return MtlTransport.open(LOOPBACK, null, InetAddress.getLoopbackAddress());
    }
}
