package io.mcm.camera.demo;

import io.mcm.cli.EnvironmentException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One {@code mcm} command in a process of its own, with the very arguments that a person would type. */
final class ChildProcess implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 10;

    private final String name;
    private final Process process;
    private final Path log;
    private Thread reader;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** What it says on standard error goes to {@code name.log} in the directory. */
    static ChildProcess start(List<String> java, Path directory, String... arguments) throws IOException {
        Path log = directory.resolve(arguments[0] + ".log");
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        process.getOutputStream().close();
        return new ChildProcess(arguments[0], process, log);
    }

    /** Reads its standard output in a thread of its own. */
    void onLine(Consumer<String> consumer) {
        reader = Thread.ofPlatform().daemon().name("demo-" + name).start(() -> {
            try (BufferedReader lines = process.inputReader()) {
                lines.lines().forEach(consumer);
            } catch (IOException | UncheckedIOException e) {
                // The process was ended.
            }
        });
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** Whether a line on its standard error has contained the words. */
    boolean hasSaid(String words) {
        try {
            return Files.readString(log).contains(words);
        } catch (IOException e) {
            return false;
        }
    }

    /** @throws EnvironmentException with what it said last, where it did not end well by itself */
    void checkEnded() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw failure("ended with exit code " + (process.isAlive() ? "none" : process.exitValue()));
        }
        reader.join();
    }

    EnvironmentException failure(String what) {
        return new EnvironmentException("mcm " + name + " " + what + "; it said: " + lastLines());
    }

    private String lastLines() {
        try {
            List<String> lines = Files.readAllLines(log);
            return lines.isEmpty() ? "nothing" : String.join(" | ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
        } catch (IOException e) {
            return "nothing that could be read: " + e.getMessage();
        }
    }

    /** Ends it as Ctrl-C would, and by force where that does not do. */
    @Override
    public void close() {
        process.destroy();
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
