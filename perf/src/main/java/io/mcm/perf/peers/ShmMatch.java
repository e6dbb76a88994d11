package io.mcm.perf.peers;

import io.mcm.cli.EnvironmentException;
import io.mcm.perf.memif.HandOver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A NAL unit of 20 KB to another process that sleeps: memif in interrupt mode against shmsink and shmsrc, less what GStreamer takes around them. */
final class ShmMatch implements Match {

    private static final String SCRIPT = "shm_latency.py";
    private static final String PYTHON = "/usr/bin/python3";
    private static final int SIZE = 20_000;
    private static final int MILLIS = 2_000;
    private static final double NANOS_PER_MICRO = 1e3;

    private final int rounds;

    ShmMatch(int rounds) {
        this.rounds = rounds;
    }

    @Override
    public String work() {
        return "20,000 B handed to a sleeping process, 500/s, p50";
    }

    @Override
    public String peer() {
        return "GStreamer shmsink ! shmsrc, what they add";
    }

    @Override
    public Goal goal() {
        return new Goal(0.2, false);
    }

    @Override
    public Optional<String> missing() {
        Optional<String> gstreamer = Tool.gstreamer("shmsink", "shmsrc");
        return gstreamer.isEmpty() && Tool.succeeds(List.of(PYTHON, "-c", "import gi; gi.require_version('GstApp', '1.0'); from gi.repository import GstApp"))
            ? Optional.empty() : Optional.of(gstreamer.orElse("") + " python3-gi gir1.2-gst-plugins-base-1.0");
    }

    @Override
    public Played play() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("mcm-shm");
        Path script = directory.resolve(SCRIPT);
        try (InputStream resource = ShmMatch.class.getResourceAsStream(SCRIPT)) {
            Files.copy(resource, script);
        }
        try {
            double ours = Medians.of(rounds, () -> HandOver.p50(SIZE, MILLIS)) / NANOS_PER_MICRO;
            double[] whole = new double[rounds];
            int[] round = {0};
            double added = Medians.of(rounds, () -> {
                double[] measured = gstreamer(script, directory.resolve("shm-" + round[0]));
                whole[round[0]++] = measured[0];
                return measured[0] - measured[1];
            }) / NANOS_PER_MICRO;
            java.util.Arrays.sort(whole);
            return new Played(ours, added, "us", String.format(Locale.ROOT, "with appsrc and appsink %.0f us", whole[rounds / 2] / NANOS_PER_MICRO), true);
        } finally {
            Tool.delete(directory);
        }
    }

    /** Through shared memory and within one process, nanoseconds. */
    private static double[] gstreamer(Path script, Path socket) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(PYTHON, script.toString(), socket.toString(), String.valueOf(SIZE), String.valueOf(MILLIS))
            .redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes()).strip();
        String[] words = said.substring(said.lastIndexOf('\n') + 1).split(" ");
        if (process.waitFor() != 0 || words.length != 3 || !words[0].equals("p50")) {
            throw new EnvironmentException("GStreamer's shmsink and shmsrc: " + said);
        }
        return new double[] {Double.parseDouble(words[1]), Double.parseDouble(words[2])};
    }
}
