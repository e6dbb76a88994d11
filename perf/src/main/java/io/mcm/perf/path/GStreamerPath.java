package io.mcm.perf.path;

import io.mcm.cli.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** GStreamer's way from a UDP port to NAL units, which it then forgets; the time of its whole process. */
final class GStreamerPath implements PacketPath {

    private static final String CAPS = "application/x-rtp,media=video,clock-rate=90000,encoding-name=H264,payload=96";
    /** As our proxy's socket asks for. */
    private static final int RECEIVE_BUFFER = 4 << 20;
    private static final int PATIENCE = 500;
    private static final long LOOK_MILLIS = 10;
    /** Of {@code /proc/net/udp}: {@code sl local_address ... drops}. */
    private static final int LOCAL_FIELD = 1;

    private final Process process;
    private final int port;

    private GStreamerPath(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static GStreamerPath start(int port) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("gst-launch-1.0", "-q", "udpsrc", "address=127.0.0.1", "port=" + port, "buffer-size=" + RECEIVE_BUFFER,
            "caps=" + CAPS, "!", "rtph264depay", "!", "fakesink", "sync=false").redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        GStreamerPath path = new GStreamerPath(process, port);
        for (int look = 0; path.socket().isEmpty(); look++) {
            if (look == PATIENCE || !process.isAlive()) {
                path.close();
                throw new EnvironmentException("GStreamer's udpsrc does not listen on port " + port);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return path;
    }

    private List<String> socket() throws IOException {
        String address = String.format(":%04X", port);
        return Files.readAllLines(Path.of("/proc/net/udp")).stream().map(line -> List.of(line.strip().split("\\s+")))
            .filter(words -> words.get(LOCAL_FIELD).endsWith(address)).findFirst().orElse(List.of());
    }

    @Override
    public String name() {
        return "GStreamer udpsrc ! rtph264depay";
    }

    @Override
    public int port() {
        return port;
    }

    /** Minus those that the kernel dropped: what was sent is known to the sender. */
    @Override
    public PathFigures figures() throws IOException {
        List<String> words = socket();
        return new PathFigures(-Long.parseLong(words.getLast()), cpuNanos());
    }

    /** Of all its threads, {@code schedstat}: nanoseconds on a processor first. */
    private long cpuNanos() throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(process.pid()), "task"))) {
            long nanos = 0;
            for (Path thread : threads.toList()) {
                nanos += Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ")[0]);
            }
            return nanos;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
