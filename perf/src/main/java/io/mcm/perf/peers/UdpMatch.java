package io.mcm.perf.peers;

import io.mcm.perf.path.FastStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** A fast stream of single datagrams: the proxy, which publishes the NAL units, against GStreamer, which discards them. */
final class UdpMatch implements Match {

    private static final int PORT = 20_300;
    private static final int PEER_PORT = 20_301;
    private static final double SECONDS = 2;
    private static final int WARM_UPS = 2;
    private static final double PER_CENT = 100;
    private static final double THOUSAND = 1e3;

    private final int rounds;

    UdpMatch(int rounds) {
        this.rounds = rounds;
    }

    @Override
    public String work() {
        return "NAL units from UDP, 1,400 B, 120,000 packets/s";
    }

    @Override
    public String peer() {
        return "GStreamer udpsrc ! rtph264depay ! fakesink";
    }

    @Override
    public Goal goal() {
        return new Goal(0.5, false);
    }

    @Override
    public Optional<String> missing() {
        return Tool.gstreamer("udpsrc", "rtph264depay");
    }

    @Override
    public Played play() throws IOException, InterruptedException {
        for (int i = 0; i < WARM_UPS; i++) {
            FastStream.ours(PORT, SECONDS);
        }
        FastStream[] all = new FastStream[2 * rounds];
        for (int i = 0; i < rounds; i++) {
            all[i] = FastStream.ours(PORT, SECONDS);
            all[rounds + i] = FastStream.gstreamer(PEER_PORT, SECONDS);
        }
        FastStream ours = median(all, 0);
        FastStream theirs = median(all, rounds);
        return new Played(ours.nanosPerPacket(), theirs.nanosPerPacket(), "ns a packet", String.format(Locale.ROOT,
            "sent %.0f and %.0f k/s, lost %.2f and %.2f %%", ours.sent() / THOUSAND, theirs.sent() / THOUSAND, PER_CENT * ours.lost(), PER_CENT * theirs.lost()), true);
    }

    private FastStream median(FastStream[] all, int from) {
        return java.util.Arrays.stream(all, from, from + rounds).sorted(java.util.Comparator.comparingDouble(FastStream::nanosPerPacket))
            .skip(rounds / 2).findFirst().orElseThrow();
    }
}
