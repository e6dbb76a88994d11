package io.mcm.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that a test started, and what it said. */
public final class ChildProcess {

    private final List<String> line;
    private final Path out;
    private final Path err;
    private final Process process;

    private ChildProcess(List<String> line, Path out, Path err, Process process) {
        this.line = line;
        this.out = out;
        this.err = err;
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param folder  its working directory, where its output is kept too
     * @param program what runs
     * @param line    what a person would type, the program's arguments at its end
     */
    static ChildProcess start(Path folder, List<String> program, List<String> line) throws IOException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        List<String> command = Stream.concat(program.stream(), line.stream().skip(1)).toList();
        Process process = new ProcessBuilder(command).directory(folder.toFile())
            .redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        return new ChildProcess(line, out, err, process);
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

    /** Those that it started, and theirs. */
    public List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    /** SIGSTOP: it lives on and does nothing more. */
    public void stop() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start().waitFor();
    }

    /** SIGKILL, for its children too; does not return before it is gone. */
    public void kill() {
        children().forEach(ProcessHandle::destroyForcibly);
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
        return "%s: %s%n%s%s".formatted(String.join(" ", line), ending, out(), err());
    }
}
