package io.mcm.conformance.process;

import io.mcm.conformance.target.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** A media proxy in a process of its own, on ports of its own, with its counters. */
public final class ProxyProcess {

    private final ChildProcesses processes;
    private final ChildProcess process;
    private final int controlPort;
    private final URI metrics;

    private ProxyProcess(ChildProcesses processes, ChildProcess process, int controlPort, URI metrics) {
        this.processes = processes;
        this.process = process;
        this.controlPort = controlPort;
        this.metrics = metrics;
    }

    /** Returns when it serves. */
    public static ProxyProcess start(ChildProcesses processes, Object... more) throws IOException, InterruptedException {
        ProxyProcess proxy = launch(processes, FreePort.next(), more);
        proxy.process.says("proxy: control");
        return proxy;
    }

    /** Returns at once. */
    public static ProxyProcess launch(ChildProcesses processes, int controlPort, Object... more) throws IOException {
        String metrics = "127.0.0.1:" + FreePort.next();
        Stream<Object> own = Stream.of("proxy", "--listen", "127.0.0.1:" + controlPort, "--metrics", metrics, "--run-dir",
            processes.file("run"));
        ChildProcess process = processes.start(Stream.concat(own, Stream.of(more)).toArray());
        return new ProxyProcess(processes, process, controlPort, URI.create("http://" + metrics + "/metrics"));
    }

    public ChildProcess process() {
        return process;
    }

    public int controlPort() {
        return controlPort;
    }

    /** As {@code --proxy} takes it. */
    public String address() {
        return "127.0.0.1:" + controlPort;
    }

    /** A consumer of this proxy, connected. */
    public ChildProcess recv(ChildProcesses in, int udpPort, Object... more) throws IOException, InterruptedException {
        long before = counter("delivery_consumers", udpPort);
        ChildProcess recv = begin(in, udpPort, more);
        Await.until("consumer of UDP port " + udpPort, () -> counter("delivery_consumers", udpPort) > before, () -> process + "\n" + recv);
        return recv;
    }

    /** A consumer of this proxy that need not be connected yet. */
    public ChildProcess begin(ChildProcesses in, int udpPort, Object... more) throws IOException {
        Stream<Object> own = Stream.of("recv", "--proxy", address(), "--port", udpPort);
        return in.start(Stream.concat(own, Stream.of(more)).toArray());
    }

    /** {@link #recv(ChildProcesses, int, Object...)} among the proxy's own processes. */
    public ChildProcess recv(int udpPort, Object... more) throws IOException, InterruptedException {
        return recv(processes, udpPort, more);
    }

    /** A counter of the session on this UDP port, by stage and label; 0 where there is no such session. */
    public long counter(String name, int udpPort) {
        try (var answer = metrics.toURL().openStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.US_ASCII).lines()
                .filter(line -> line.startsWith("mcm_" + name + "_total{") && line.contains("port=\"" + udpPort + "\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst().orElse(0);
        } catch (IOException e) {
            throw new AssertionError("no answer from " + metrics + ": " + e + "\n" + process, e);
        }
    }
}
