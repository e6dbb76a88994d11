package io.mcm.perf.latency;

import io.mcm.cli.EnvironmentException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A proxy in a process of its own, with the flags that the script {@code mcm} gives one. */
final class ChildProxy implements ProxySide {

    private static final int PATIENCE_SECONDS = 5;

    private final Process process;
    private final BufferedReader out;
    private final PrintWriter in;
    private final InetSocketAddress control;

    ChildProxy(int workers) throws IOException {
        process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseZGC", "-XX:CompileThresholdScaling=0.1", "-cp", System.getProperty("java.class.path"), ProxyPeer.class.getName(),
            Integer.toString(workers)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        out = process.inputReader();
        in = new PrintWriter(process.outputWriter(), true);
        control = new InetSocketAddress(InetAddress.getLoopbackAddress(), (int) answer());
    }

    private long answer() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new EnvironmentException("the proxy's process ended; it says why above");
        }
        return Long.parseLong(line);
    }

    @Override
    public InetSocketAddress control() {
        return control;
    }

    @Override
    public long dropped() throws IOException {
        in.println();
        return answer();
    }

    /** Its input ends, and so does it. */
    @Override
    public void close() {
        in.close();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
