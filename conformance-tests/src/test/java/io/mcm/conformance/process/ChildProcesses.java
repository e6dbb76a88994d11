package io.mcm.conformance.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The processes of a test and a folder for their files: both gone when it ends, however it ends; what they said is shown if it failed. */
public final class ChildProcesses implements AfterEachCallback {

    /** Starts fast: these processes live for seconds. */
    private static final List<String> MCM = List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED",
        "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dmcm.rehearse=false", "-cp", System.getProperty("java.class.path"), "io.mcm.cli.Mcm");

    private final Queue<ChildProcess> started = new ConcurrentLinkedQueue<>();
    private final Path folder;
    /** Where the test's own process is ended before it can clean up. */
    private final Thread lastResort = new Thread(this::killAll);

    public ChildProcesses() {
        try {
            folder = Files.createTempDirectory("mcm-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    /** The processes' working directory. */
    public Path folder() {
        return folder;
    }

    public Path file(String name) {
        return folder.resolve(name);
    }

    /** An {@code mcm} command from this test's class path; every argument as its text. */
    public ChildProcess start(Object... arguments) throws IOException {
        return start(MCM, "mcm", arguments);
    }

    /** Another program; every argument as its text. */
    public ChildProcess run(Path program, Object... arguments) throws IOException {
        return start(List.of(program.toString()), program.getFileName().toString(), arguments);
    }

    private ChildProcess start(List<String> program, String name, Object... arguments) throws IOException {
        List<String> line = Stream.concat(Stream.of(name), Stream.of(arguments).map(Object::toString)).toList();
        ChildProcess process = ChildProcess.start(folder, program, line);
        started.add(process);
        return process;
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        if (context.getExecutionException().isPresent()) {
            started.forEach(process -> System.err.println(process));
        }
        end();
    }

    /** For processes that more than one test uses, which are not registered as an extension. */
    public void end() throws IOException {
        killAll();
        Runtime.getRuntime().removeShutdownHook(lastResort);
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void killAll() {
        started.forEach(ChildProcess::kill);
    }
}
