package io.mcm.perf.peers;

import io.mcm.cli.EnvironmentException;
import io.mcm.capture.CaptureException;
import io.mcm.capture.RtpPacketReader;
import io.mcm.capture.RtpStreams;
import io.mcm.capture.StreamSelection;
import io.mcm.h264.Depacketizer;
import io.mcm.h264.H264Counter;
import io.mcm.perf.RingOfUnits;
import io.mcm.perf.camera.EvenCapture;
import io.mcm.rtp.ReceiverConfig;
import io.mcm.rtp.RtpPacket;
import io.mcm.rtp.RtpReceiver;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * NAL units out of a capture, core time a packet once all is compiled and opened: a large capture less a small one, divided by the packets that
 * they differ by. Ours in this process, on one thread, its time and the kernel's; GStreamer's of the whole process.
 */
final class DepacketizeMatch implements Match {

    private static final int RATE = 90_000;
    private static final int SMALL = 12_800;
    private static final int LARGE = 128_000;
    private static final int WARM_UPS = 6;
    private static final String CAPS = "caps=application/x-rtp,media=video,clock-rate=90000,encoding-name=H264,payload=96";
    private static final byte[] MAC = {2, 0, 0, 0, 0, 2};

    private final int rounds;

    DepacketizeMatch(int rounds) {
        this.rounds = rounds;
    }

    @Override
    public String work() {
        return "depacketize a capture, FU-A of 1,400 B";
    }

    @Override
    public String peer() {
        return "GStreamer pcapparse ! rtph264depay ! fakesink";
    }

    @Override
    public Goal goal() {
        return new Goal(0.1, false);
    }

    @Override
    public Optional<String> missing() {
        return Tool.gstreamer("pcapparse", "rtph264depay");
    }

    @Override
    public Played play() throws IOException, InterruptedException {
        Path small = capture(SMALL);
        Path large = capture(LARGE);
        try {
            requireSameUnits(small);
            for (int i = 0; i < WARM_UPS; i++) {
                ours(large);
            }
            double ours = Medians.of(rounds, () -> (ours(large) - ours(small)) / (LARGE - SMALL));
            double theirs = Medians.of(rounds, () -> 1e9 * (Tool.cpuSeconds(gstreamer(large, "fakesink")) - Tool.cpuSeconds(gstreamer(small, "fakesink")))
                / (LARGE - SMALL));
            return new Played(ours, theirs, "ns a packet", "both gave every NAL unit of the small capture", true);
        } finally {
            Files.delete(small);
            Files.delete(large);
        }
    }

    private static Path capture(int packets) throws IOException {
        Path file = Files.createTempFile("mcm-peers", ".pcap");
        new EvenCapture(RATE, packets).write(file, MAC, new InetSocketAddress("10.77.9.2", 5_004));
        return file;
    }

    private static List<String> gstreamer(Path file, String... sink) {
        List<String> command = new java.util.ArrayList<>(List.of("gst-launch-1.0", "-q", "filesrc", "location=" + file, "!", "pcapparse", CAPS, "!",
            "rtph264depay", "!"));
        command.addAll(List.of(sink));
        return command;
    }

    /** Whoever leaves some out is quick. */
    private static void requireSameUnits(Path small) throws IOException, InterruptedException {
        Path written = Files.createTempFile("mcm-peers", ".h264");
        try {
            Tool.cpuSeconds(gstreamer(small, "video/x-h264,stream-format=byte-stream,alignment=nal", "!", "filesink", "location=" + written));
            long expected = SMALL / EvenCapture.PICTURE * EvenCapture.BYTES_A_PICTURE;
            if (Files.size(written) != expected) {
                throw new EnvironmentException("GStreamer wrote " + Files.size(written) + " bytes of NAL units, expected " + expected);
            }
        } finally {
            Files.delete(written);
        }
    }

    /** Nanoseconds of this thread. */
    private static double ours(Path file) throws CaptureException {
        StreamSelection selection = StreamSelection.of(RtpStreams.scan(file), OptionalInt.empty(), OptionalInt.empty());
        Depacketizer depacketizer = new Depacketizer(new RingOfUnits());
        RtpReceiver receiver = new RtpReceiver(ReceiverConfig.defaults().withSourceTimeout(0), depacketizer);
        long packets = 0;
        long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        try (RtpPacketReader reader = RtpPacketReader.open(file, selection)) {
            for (; reader.next(); packets++) {
                RtpPacket packet = reader.packet();
                receiver.accept(packet.segment(), packet.base(), packet.length(), reader.arrivalNanos());
            }
        }
        receiver.flush();
        double taken = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin;
        if (depacketizer.counters().get(H264Counter.NAL_UNITS) != packets / EvenCapture.PICTURE) {
            throw new IllegalStateException(depacketizer.counters().get(H264Counter.NAL_UNITS) + " NAL units of " + packets + " packets");
        }
        return taken;
    }
}
