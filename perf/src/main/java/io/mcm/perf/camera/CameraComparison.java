package io.mcm.perf.camera;

import io.mcm.camera.pace.Clock;
import io.mcm.camera.pace.Idle;
import io.mcm.camera.pace.PacketTrace;
import io.mcm.camera.pace.Pacer;
import io.mcm.camera.send.UdpConfig;
import io.mcm.camera.send.UdpSender;
import io.mcm.camera.send.UdpTarget;
import io.mcm.camera.source.CaptureSource;
import io.mcm.capture.RtpStreams;
import io.mcm.capture.StreamSelection;
import io.mcm.foreign.TimerSlack;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/**
 * Plays the same captures with our pacer, with one that only spins, and with tcpreplay, one after the other, and prints a table. Ours goes over
 * loopback; tcpreplay, whose packets loopback does not deliver, over a veth pair.
 */
public final class CameraComparison {

    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    /** What was sent last arrives meanwhile. */
    private static final long SETTLE_MILLIS = 100;
    private static final byte[] NO_MAC = new byte[6];
    private static final int TOP_SPEED_PACKETS = 60_000;
    private static final Pattern RATED = Pattern.compile("([0-9.]+) pps");
    /** Never sleeps. */
    private static final Idle SPIN = new Idle() {
        @Override
        public void park(long nanos) {
            Thread.onSpinWait();
        }

        @Override
        public void spin() {
            Thread.onSpinWait();
        }
    };

    private final List<Integer> rates;
    private final int seconds;
    private final String tcpreplay;
    private final InetSocketAddress wire;
    private final PrintWriter out;

    /**
     * @param rates     packets a second, each at most 65,536 in all
     * @param tcpreplay the interface that it sends from; null for without it
     * @param wire      an address of the interface at the other end
     */
    public CameraComparison(List<Integer> rates, int seconds, String tcpreplay, InetSocketAddress wire, PrintWriter out) {
        this.rates = rates;
        this.seconds = seconds;
        this.tcpreplay = tcpreplay;
        this.wire = wire;
        this.out = out;
    }

    /** Measures and prints. */
    public void run() throws IOException, InterruptedException {
        TimerSlack.set(1);
        Path file = Files.createTempFile("mcm-perf-camera", ".pcap");
        try {
            out.printf(Locale.ROOT, "load %.1f on %d processors%n%n", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.getRuntime().availableProcessors());
            out.println("| packets/s | sender | by its own clock p50 / p99 / max, us | at the receiver p50 / p99 / max, us | drift, us | CPU |");
            out.println("|---|---|---|---|---|---|");
            pace(file, new EvenCapture(rates.getFirst(), rates.getFirst()), "", Idle.SYSTEM, false);
            for (int rate : rates) {
                EvenCapture capture = new EvenCapture(rate, rate * seconds);
                pace(file, capture, "mcm camera", Idle.SYSTEM, true);
                pace(file, capture, "pure spin", SPIN, true);
                replay(file, capture);
            }
            out.println();
            out.println("| top speed | packets/s |");
            out.println("|---|---|");
            topSpeed(file);
        } finally {
            Files.delete(file);
        }
    }

    private void pace(Path file, EvenCapture capture, String name, Idle idle, boolean print) throws IOException, InterruptedException {
        try (ArrivalRecorder arrivals = new ArrivalRecorder(LOOPBACK, capture.packets())) {
            InetSocketAddress to = arrivals.address(LOOPBACK);
            capture.write(file, NO_MAC, to);
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            Pacer pacer = play(file, to, 1, 1, idle, false);
            double share = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / (double) pacer.durationNanos();
            TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
            if (print) {
                row(capture, name, text(pacer.lateness()), arrivals.seen(capture), "%.0f %%".formatted(100 * share));
            }
        }
    }

    private static Pacer play(Path file, InetSocketAddress to, double speed, int passes, Idle idle, boolean trains) throws IOException {
        StreamSelection selection = StreamSelection.of(RtpStreams.scan(file), OptionalInt.empty(), OptionalInt.of(7));
        try (CaptureSource source = new CaptureSource(file, selection, passes);
             UdpSender sender = UdpSender.open(List.of(UdpTarget.of(to)), UdpConfig.defaults().withTrains(trains))) {
            Pacer pacer = new Pacer(speed, Clock.SYSTEM, idle, sender, PacketTrace.NONE);
            source.play(pacer);
            pacer.end();
            return pacer;
        }
    }

    private void row(EvenCapture capture, String name, String own, ArrivalRecorder.Seen seen, String cpu) {
        out.printf(Locale.ROOT, "| %d | %s | %s | %s | %.1f | %s |%n", capture.packetsPerSecond(), name, own, text(seen.lateness()), seen.drift() / 1e3, cpu);
        out.flush();
    }

    private static String text(Histogram nanos) {
        return String.format(Locale.ROOT, "%.1f / %.1f / %.0f", nanos.getValueAtPercentile(50) / 1e3, nanos.getValueAtPercentile(99) / 1e3,
            nanos.getMaxValue() / 1e3);
    }

    private void replay(Path file, EvenCapture capture) throws IOException, InterruptedException {
        if (tcpreplay == null) {
            return;
        }
        try (ArrivalRecorder arrivals = new ArrivalRecorder(wire, capture.packets())) {
            capture.write(file, mac(), arrivals.address(wire));
            tcpreplay(file, "--multiplier=1");
            TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
            row(capture, "tcpreplay --multiplier=1", "-", arrivals.seen(capture), "-");
        }
    }

    private byte[] mac() throws IOException {
        return NetworkInterface.getByInetAddress(wire.getAddress()).getHardwareAddress();
    }

    private double tcpreplay(Path file, String... options) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of("tcpreplay", "--intf1=" + tcpreplay));
        command.addAll(List.of(options));
        command.add(file.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("tcpreplay failed: " + text.lines().findFirst().orElse(""));
        }
        Matcher rated = RATED.matcher(text);
        return rated.find() ? Double.parseDouble(rated.group(1)) : 0;
    }

    private void topSpeed(Path file) throws IOException, InterruptedException {
        EvenCapture capture = new EvenCapture(TOP_SPEED_PACKETS, TOP_SPEED_PACKETS);
        try (ArrivalRecorder arrivals = new ArrivalRecorder(LOOPBACK, 1)) {
            InetSocketAddress to = arrivals.address(LOOPBACK);
            capture.write(file, NO_MAC, to);
            play(file, to, Pacer.MAX_SPEED, 3, Idle.SYSTEM, false);
            for (boolean trains : new boolean[] {false, true}) {
                Pacer pacer = play(file, to, Pacer.MAX_SPEED, 10, Idle.SYSTEM, trains);
                out.printf(Locale.ROOT, "| mcm camera --speed max --gso %s | %.0f |%n", trains ? "on" : "off", pacer.packets() * 1e9 / pacer.durationNanos());
            }
        }
        if (tcpreplay != null) {
            capture.write(file, mac(), wire);
            out.printf(Locale.ROOT, "| tcpreplay --topspeed | %.0f |%n", tcpreplay(file, "--topspeed", "--loop=10"));
        }
    }
}
