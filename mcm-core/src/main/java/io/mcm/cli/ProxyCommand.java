package io.mcm.cli;

import io.mcm.control.DeliveryUnit;
import io.mcm.h264.DepacketizerConfig;
import io.mcm.foreign.SystemCallException;
import io.mcm.ingest.KernelSource;
import io.mcm.ingest.Transport;
import io.mcm.memif.MemifEngine;
import io.mcm.proxy.MediaProxy;
import io.mcm.proxy.MetricsEndpoint;
import io.mcm.proxy.RunDirectory;
import io.mcm.proxy.SessionConfig;
import io.mcm.proxy.delivery.LossPolicy;
import io.mcm.proxy.delivery.ParameterSetConfig;
import io.mcm.proxy.pull.PullTarget;
import io.mcm.rtp.ReceiverConfig;
import io.mcm.sdp.H264Media;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The media proxy as a process. */
@Command(
    name = "proxy",
    description = "Media proxy: hands the NAL units of RTP cameras to micro-services through memif (control protocol of MCM 24.09).",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ProxyCommand implements McmCommand {

    /** Above the cores of any machine that this has been seen on. */
    private static final int MAX_WORKERS = 256;

    @Spec
    private CommandSpec spec;

    @Option(names = "--listen", paramLabel = "HOST:PORT", defaultValue = "127.0.0.1:8002",
        description = "Control protocol (default: ${DEFAULT-VALUE}). C micro-services can name ports up to 9999 only.")
    private String listen;

    @Option(names = "--bind", paramLabel = "HOST", defaultValue = "127.0.0.1",
        description = "Address whose UDP ports the cameras send to, of this machine or of a multicast group (default: ${DEFAULT-VALUE}). A session "
            + "that names a group (local_addr) receives that instead.")
    private String bind;

    @Mixin
    private SocketOptions sockets;

    @Mixin
    private PullOptions pull;

    @Option(names = "--run-dir", paramLabel = "DIR",
        description = "Where memif sockets are made (default: /run/mcm, else a directory of the user's own).")
    private Path runDir;

    @Mixin
    private MemifOptions memif;

    @Mixin
    private TransportOptions transport;

    @Option(names = "--unit", paramLabel = "UNIT", defaultValue = "nalu",
        description = "What one buffer holds: nalu, access-unit or fragment (default: ${DEFAULT-VALUE}).")
    private String unit;

    @Option(names = "--loss", paramLabel = "POLICY", defaultValue = "drop-nal",
        description = "What falls away with a lost packet (default: ${DEFAULT-VALUE}): drop-nal, the NAL units that it was part of; "
            + "drop-au, the rest of its access unit, in unit access-unit all of it; drop-until-idr, everything until the next IDR access "
            + "unit, also at the start. What a consumer had no room for counts as lost to it.")
    private String loss;

    @Mixin
    private CameraOptions camera;

    @Option(names = "--buffer-size", paramLabel = "BYTES", defaultValue = "" + SessionConfig.DEFAULT_BUFFER_LENGTH,
        description = "Each buffer of a consumer; a longer unit is dropped (default: ${DEFAULT-VALUE}).")
    private int bufferLength;

    @Option(names = "--ring-size", paramLabel = "LOG2", defaultValue = "" + SessionConfig.DEFAULT_LOG2_RING_SIZE,
        description = "Buffers of a consumer, as a power of two (default: ${DEFAULT-VALUE}). More than 6 breaks the 24.09 C SDK.")
    private int log2RingSize;

    @Option(names = "--workers", paramLabel = "N",
        description = "Threads that the cameras are spread over; one camera stays on one (default: half of the cores, the consumers need the others).")
    private int workers = MediaProxy.DEFAULT_WORKERS;

    @Option(names = "--rtcp",
        description = "Receive RTCP on the port above each session's too, and send receiver reports to its camera (RFC 3550).")
    private boolean rtcp;

    @Option(names = "--metrics", paramLabel = "HOST:PORT", description = "Serve every session's counters and histograms at /metrics, for Prometheus.")
    private String metrics;

    @Option(names = "--plain", description = "Lines only, also on a terminal, which otherwise shows a table of the sessions.")
    private boolean plain;

    @Override
    public Integer call() throws IOException, InterruptedException {
        transport.check(sockets);
        Arguments.require(spec, workers >= 1 && workers <= MAX_WORKERS, "--workers " + workers + ", allowed are 1 to " + MAX_WORKERS);
        Arguments.require(spec, !rtcp || transport.bindsKernelAddress(), "--rtcp goes through the kernel, which has no address of an MTL NIC");
        InetSocketAddress control = Arguments.address(spec, "--listen", listen);
        InetSocketAddress metricsAddress = metrics == null ? null : Arguments.address(spec, "--metrics", metrics);
        SessionConfig config = config();
        Rehearsal.of(config.delivery().unit(), config.engine());
        CountDownLatch asked = new CountDownLatch(1);
        Ending.onRequest(asked::countDown);
        try (Transport opened = transport.open(config.bind(), sockets.sockets());
             MediaProxy proxy = MediaProxy.start(control, config, opened, workers);
             MetricsEndpoint _ = metricsAddress == null ? null : MetricsEndpoint.start(metricsAddress, proxy)) {
            spec.commandLine().getErr().printf("mcm proxy: control %s:%d, cameras to %s (%s), memif sockets in %s (%s), unit %s, loss %s%n",
                control.getHostString(), proxy.controlAddress().getPort(), bind, opened, config.runDirectory(), config.engine(),
                config.delivery().unit(), config.delivery().loss());
            if (plain || !LiveTable.isPossible()) {
                asked.await();
            } else {
                new LiveTable(proxy, System::nanoTime).showUntil(asked);
            }
        }
        return ExitCode.GOOD;
    }

    private void only(String option, String value, String allowed, String missing) {
        Arguments.require(spec, value.equals(allowed), option + " " + value + ", allowed is " + allowed + " (" + missing + ")");
    }

    private SessionConfig config() throws IOException {
        DeliveryUnit wanted = Arguments.oneOf(spec, "--unit", unit, DeliveryUnit.values());
        LossPolicy policy = Arguments.oneOf(spec, "--loss", loss, LossPolicy.values());
        Optional<H264Media> described = camera.described();
        ReceiverConfig receiver = camera.receiver(described);
        DepacketizerConfig depacketizer = camera.depacketizer(described);
        ParameterSetConfig parameterSets = camera.parameterSets(described);
        MemifEngine engine = memif.engine();
        Map<Integer, PullTarget> pulls = pull.targets(transport.isKernel());
        try {
            return new SessionConfig(address(), RunDirectory.prepare(runDir), wanted, bufferLength, log2RingSize)
                .withEngine(engine).withLoss(policy).withReceiver(receiver).withDepacketizer(depacketizer)
                .withParameterSets(parameterSets).withRtcp(rtcp).withSenders(sockets.senders())
                .withPulls(pulls);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(),
                "--run-dir, --buffer-size, --ring-size, --unit, --loss, --parameter-sets: " + e.getMessage(), e);
        }
    }

    private InetAddress address() {
        try {
            InetAddress address = InetAddress.getByName(bind);
            Arguments.require(spec, transport.isKernel() || !address.isMulticastAddress(),
                "--bind " + bind + ": multicast groups are for --transport kernel only");
            if (transport.bindsKernelAddress()) {
                // Better said now than with every session.
                KernelSource.bind(new InetSocketAddress(address, 0), sockets.sockets(), null).close();
            }
            return address;
        } catch (UnknownHostException e) {
            throw new EnvironmentException("--bind " + bind + ": unknown host", e);
        } catch (SystemCallException e) {
            throw new EnvironmentException("--bind " + bind + ": not an address of this machine, nor a group to join (" + e.getMessage() + ")", e);
        }
    }
}
