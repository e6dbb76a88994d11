package io.mcm.conformance.target;

import io.mcm.cli.EnvironmentException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A proxy in a process of its own: {@code mcm proxy}, or any command line in which {@code %PORT%} and {@code %DIR%} are replaced. */
public final class OwnProcess implements Target {

    private static final int START_SECONDS = 20;
    private static final long LOOK_MILLIS = 50;

    private final String name;
    private final List<String> command;
    private final Path directory;
    private InetSocketAddress control;
    private Process process;

    public OwnProcess(String name, List<String> command) throws IOException {
        this.name = name;
        this.command = command;
        directory = Files.createTempDirectory("mcm-target");
        start();
    }

    /** {@code mcm proxy} of this very build. */
    public static OwnProcess ofOurs(String... options) throws IOException {
        List<String> command = new ArrayList<>(mcm("proxy", "--listen", "127.0.0.1:%PORT%", "--run-dir", "%DIR%"));
        command.addAll(List.of(options));
        return new OwnProcess("mcm proxy", command);
    }

    /** The command line of {@code mcm} of this very build with these words. */
    public static List<String> mcm(String... words) {
        List<String> command = new ArrayList<>(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC",
            "-Dmcm.rehearse=false", "-cp", System.getProperty("java.class.path"), "io.mcm.cli.Mcm"));
        command.addAll(List.of(words));
        return command;
    }

    private void start() throws IOException {
        int port = FreePort.next();
        control = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        List<String> filled = command.stream()
            .map(word -> word.replace("%PORT%", String.valueOf(port)).replace("%DIR%", directory.toString())).toList();
        process = new ProcessBuilder(filled).redirectErrorStream(true).redirectOutput(log().toFile()).start();
        await();
    }

    private void await() throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!Probe.answers(control)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                String said = Files.readString(log()).strip();
                close();
                throw new EnvironmentException(name + " did not start: " + said);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }

    /** What it says. */
    public Path log() {
        return directory.resolve("log.txt");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public InetSocketAddress control() {
        return control;
    }

    @Override
    public boolean revive() throws IOException {
        process.destroyForcibly();
        start();
        return true;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
