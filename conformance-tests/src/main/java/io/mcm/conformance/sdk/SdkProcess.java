package io.mcm.conformance.sdk;

import io.mcm.conformance.suite.CaseFailure;
import io.mcm.conformance.suite.CouldNotTest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A receiver that runs. */
final class SdkProcess implements AutoCloseable {

    /** How a C program dies of its own mistakes; of SIGTERM and SIGKILL it dies by ours. */
    private static final Map<Integer, String> SIGNALS = Map.of(4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8, "SIGFPE", 11, "SIGSEGV",
        13, "SIGPIPE");
    /** As a shell, and {@link Process}, tell a death by a signal. */
    private static final int OF_SIGNAL = 128;
    /** Of what it said: the end, where the reason stands. */
    private static final int SAID = 600;

    private final Process process;
    private final Path log;

    private SdkProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static SdkProcess start(SdkCommand command, InetSocketAddress control, int udp, Path out, Path log) throws CouldNotTest {
        ProcessBuilder builder = new ProcessBuilder(command.filled(control, udp, out));
        builder.environment().put("MCM_MEDIA_PROXY_IP", control.getAddress().getHostAddress());
        builder.environment().put("MCM_MEDIA_PROXY_PORT", String.valueOf(control.getPort()));
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            return new SdkProcess(builder.start(), log);
        } catch (IOException e) {
            throw new CouldNotTest("the SDK's program does not start: " + e.getMessage());
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    boolean endsWithin(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** @throws CaseFailure where it died of a signal that was not sent to it */
    void expectNoCrash() throws CaseFailure {
        if (!isAlive() && SIGNALS.containsKey(process.exitValue() - OF_SIGNAL)) {
            throw new CaseFailure("an end of its own accord", state());
        }
    }

    /** For people: whether it runs, or how it ended. */
    String state() {
        if (isAlive()) {
            return "it runs on";
        }
        int code = process.exitValue();
        String signal = SIGNALS.get(code - OF_SIGNAL);
        return signal == null ? "it ended with exit code " + code : "it died of " + signal + " (exit code " + code + ")";
    }

    String said() {
        try {
            String all = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip();
            return all.substring(Math.max(0, all.length() - SAID));
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
