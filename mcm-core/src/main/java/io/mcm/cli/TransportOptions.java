package io.mcm.cli;

import io.mcm.ingest.KernelTransport;
import io.mcm.ingest.PreloadTransport;
import io.mcm.ingest.SocketConfig;
import io.mcm.ingest.Transport;
import io.mcm.ingest.mtl.MtlException;
import io.mcm.ingest.mtl.MtlPort;
import io.mcm.ingest.mtl.MtlTransport;
import io.mcm.proxy.SenderRule;
import java.net.InetAddress;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which way packets come in. */
final class TransportOptions {

    private static final String KERNEL = "kernel";
    private static final String PRELOAD = "preload";
    private static final String MTL = "mtl:";
    private static final String ALLOWED =
        "allowed are kernel, preload and mtl:PORT, PORT being like kernel:lo, dpdk_af_packet:eth0, native_af_xdp:eth0 or 0000:4b:01.3";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--transport", paramLabel = "TRANSPORT", defaultValue = KERNEL,
        description = "How packets come in (default: ${DEFAULT-VALUE}): kernel; mtl:PORT, Intel's MTL on a port that it names like kernel:lo, "
            + "dpdk_af_packet:eth0, native_af_xdp:eth0 or 0000:4b:01.3 (which takes --bind for its address); preload, the sockets of the library "
            + "that LD_PRELOAD names.")
    private String transport;

    @Option(names = "--mtl-library", paramLabel = "PATH",
        description = "The library of --transport mtl:PORT (default: MCM_LIBMTL, else the loader's libmtl.so).")
    private String library;

    /** What makes no sense is refused, before anything is opened. */
    void check(SocketOptions sockets) {
        Arguments.require(spec, isMtl() || transport.equals(KERNEL) || transport.equals(PRELOAD), "--transport " + transport + ", " + ALLOWED);
        Arguments.require(spec, library == null || isMtl(), "--mtl-library " + library + " is for --transport mtl:PORT only");
        Arguments.require(spec, isKernel() || sockets.senders() == SenderRule.ANY,
            "--source " + sockets.senders() + " is for --transport kernel only");
        sockets.sockets();
        if (isMtl()) {
            port();
        }
    }

    boolean isKernel() {
        return transport.equals(KERNEL);
    }

    private boolean isMtl() {
        return transport.startsWith(MTL);
    }

    private MtlPort port() {
        try {
            return MtlPort.parse(transport.substring(MTL.length()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--transport " + transport + ", " + ALLOWED, e);
        }
    }

    /** Whether cameras send to an address that the kernel has; a port of a user-space driver has its own. */
    boolean bindsKernelAddress() {
        return !isMtl() || !port().hasLeftKernel();
    }

    /**
     * @param bind the address whose UDP ports cameras send to
     * @param sockets of the kernel's
     * @throws EnvironmentException where MTL is meant and cannot be used
     */
    Transport open(InetAddress bind, SocketConfig sockets) {
        if (!isMtl()) {
            return transport.equals(PRELOAD) ? new PreloadTransport() : new KernelTransport(sockets);
        }
        try {
            return MtlTransport.open(port(), library, bind);
        } catch (MtlException e) {
            throw new EnvironmentException("--transport " + transport + ": " + e.getMessage(), e);
        }
    }
}
