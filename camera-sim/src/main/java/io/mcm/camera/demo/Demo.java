package io.mcm.camera.demo;

import io.mcm.cli.EnvironmentException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs proxy, consumer and camera, tells every second how it goes, and judges what arrived. */
public final class Demo {

    private static final int START_SECONDS = 30;
    private static final long TICK_MILLIS = 50;
    private static final String CONSUMER_READY = "is open";
    private static final double NANOS = 1e9;
    /** Longer than any pause of a camera that is worth showing. */
    private static final String IDLE_SECONDS = "2.5";

    private final List<String> java;
    private final Path capture;
    private final Path directory;
    private final PrintStream screen;
    private volatile boolean stopped;
    private Map<String, Long> told = Map.of();

    /**
     * @param java the command line that starts {@code mcm}
     * @param directory where the received stream and the processes' logs go
     */
    public Demo(List<String> java, Path capture, Path directory, PrintStream screen) {
        this.java = java;
        this.capture = capture;
        this.directory = directory;
        this.screen = screen;
    }

    /** Makes {@link #run} end early: what has arrived by then is judged as incomplete. */
    public void stop() {
        stopped = true;
    }

    /** Where the proxy says that something was lost, a line each; empty where nothing was. */
    public String losses() {
        return Losses.text(told);
    }

    public Verdict run(GroundTruth truth, int passes) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path received = directory.resolve("received.h264");
        int controlPort = freeTcpPort();
        int metricsPort = freeTcpPort();
        String udpPort = String.valueOf(freeUdpPort());
        String control = "127.0.0.1:" + controlPort;
        LatencyJoin latency = new LatencyJoin(truth);
        ProxyMetrics metrics = new ProxyMetrics(metricsPort);
        try (ChildProcess proxy = ChildProcess.start(java, directory,
                 "proxy", "--listen", control, "--metrics", "127.0.0.1:" + metricsPort);
             ChildProcess consumer = ChildProcess.start(java, directory,
                 "recv", "--port", udpPort, "--proxy", control, "--out", received.toString(), "--idle", IDLE_SECONDS, "--trace", "-")) {
            consumer.onLine(line -> dequeued(latency, line));
            awaitConsumer(proxy, consumer);
            try (ChildProcess camera = ChildProcess.start(java, directory,
                     "camera", "--to", "127.0.0.1:" + udpPort, "--pcap", capture.toString(), "--loop", String.valueOf(passes),
                     "--trace", "-")) {
                camera.onLine(line -> sent(latency, line));
                watch(camera, proxy, consumer, latency, metrics);
                camera.checkEnded();
            }
            consumer.checkEnded();
        }
        return Verdict.of(received, truth, passes);
    }

    /** Until it says so itself: the proxy knows of the connection a moment before the consumer has offered its buffers. */
    private void awaitConsumer(ChildProcess proxy, ChildProcess consumer) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!consumer.hasSaid(CONSUMER_READY)) {
            checkRunning(proxy, consumer);
            if (System.nanoTime() > deadline) {
                throw consumer.failure("did not connect within " + START_SECONDS + " s");
            }
            TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
        }
    }

    private void checkRunning(ChildProcess... processes) {
        if (stopped) {
            throw new EnvironmentException("stopped before the end");
        }
        for (ChildProcess process : processes) {
            if (!process.isRunning()) {
                throw process.failure("ended early");
            }
        }
    }

    private void watch(ChildProcess camera, ChildProcess proxy, ChildProcess consumer, LatencyJoin latency, ProxyMetrics metrics)
        throws InterruptedException {
        long start = System.nanoTime();
        long bytes = 0;
        for (int second = 1; camera.isRunning(); second++) {
            long due = start + TimeUnit.SECONDS.toNanos(second);
            while (camera.isRunning() && System.nanoTime() < due) {
                checkRunning(proxy, consumer);
                TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
            }
            double elapsed = (System.nanoTime() - start) / NANOS - (second - 1);
            Map<String, Long> asked = metrics.ask();
            told = asked.isEmpty() ? told : asked;
            screen.println(line(second, latency, asked, (latency.bytes() - bytes) * 8 / elapsed / 1e6));
            bytes = latency.bytes();
        }
    }

    private static String line(int second, LatencyJoin latency, Map<String, Long> proxy, double megabits) {
        return "%4d s  packets %,7d sent %,7d received %d lost   NAL units %,6d   %6.2f Mbit/s   latency p50 %4.0f us  p99 %5.0f us".formatted(
            second, latency.packetsSent(), proxy.getOrDefault("mcm_rtp_packets_total", 0L), proxy.getOrDefault("mcm_rtp_lost_total", 0L),
            latency.units(), megabits, latency.micros(50), latency.micros(99));
    }

    private static void dequeued(LatencyJoin latency, String line) {
        String[] fields = line.split(",");
        if (Character.isDigit(line.charAt(0))) {
            latency.dequeued(Integer.parseInt(fields[0]), Integer.parseInt(fields[2]), Long.parseLong(fields[3]));
        }
    }

    private static void sent(LatencyJoin latency, String line) {
        String[] fields = line.split(",");
        if (Character.isDigit(line.charAt(0))) {
            latency.sent(Integer.parseInt(fields[0]), Long.parseLong(fields[2]));
        }
    }

    private static int freeTcpPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static int freeUdpPort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
