package io.mcm.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An {@code mcm} command in a process of its own, from this test's class path, with the arguments that a person would type. */
public final class McmProcess {

    /** Starts fast: these processes live for seconds. */
    private static final List<String> MCM = List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED",
        "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), "io.mcm.cli.Mcm");

    private final List<String> arguments;
    private final Path out;
    private final Path err;
    private final Process process;

    private McmProcess(List<String> arguments, Path out, Path err, Process process) {
        this.arguments = arguments;
        this.out = out;
        this.err = err;
        this.process = process;
    }

    /** @param folder its working directory, where its output is kept too */
    static McmProcess start(Path folder, List<String> arguments) throws IOException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        List<String> command = Stream.concat(MCM.stream(), arguments.stream()).toList();
        Process process = new ProcessBuilder(command).directory(folder.toFile())
            .redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        return new McmProcess(arguments, out, err, process);
    }

    /** Waits until it has ended. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(Await.PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            assertThat(process.isAlive()).as("runs on after %d s: %s", Await.PATIENCE_SECONDS, this).isFalse();
        }
        return process.exitValue();
    }

    /** Waits until it has ended, and well. */
    public void endsWell() throws InterruptedException {
        int exitCode = exitCode();
        assertThat(exitCode).as(this::toString).isZero();
    }

    /** Waits until it has said this on standard error. */
    public void says(String text) throws InterruptedException {
        Await.until("'" + text + "' said", () -> err().contains(text), this::toString);
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** SIGTERM, as a supervisor ends it. */
    public void terminate() {
        process.destroy();
    }

    /** SIGKILL; does not return before it is gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    public String out() {
        return read(out);
    }

    public String err() {
        return read(err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was typed, how it ended, what it said. */
    @Override
    public String toString() {
        String ending = process.isAlive() ? "running" : "exit code " + process.exitValue();
        return "mcm %s: %s%n%s%s".formatted(String.join(" ", arguments), ending, out(), err());
    }
}
