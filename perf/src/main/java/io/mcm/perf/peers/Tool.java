package io.mcm.perf.peers;

import io.mcm.cli.EnvironmentException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of others: whether they are there, and what they cost. */
final class Tool {

    private static final String GSTREAMER = "gstreamer1.0-tools gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad";
    /** User and system seconds, to milliseconds, of a child and its children. */
    private static final String TIMED = "TIMEFORMAT='%U %S'; time \"$@\" > /dev/null 2>&1";

    private Tool() {}

    static boolean isInstalled(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(program)));
    }

    /** @return packages to install where an element is missing */
    static Optional<String> gstreamer(String... elements) {
        boolean installed = isInstalled("gst-launch-1.0") && isInstalled("gst-inspect-1.0")
            && Stream.of(elements).allMatch(element -> succeeds(List.of("gst-inspect-1.0", "--exists", element)));
        return installed ? Optional.empty() : Optional.of(GSTREAMER);
    }

    static Optional<String> compiler() {
        return isInstalled("cc") ? Optional.empty() : Optional.of("gcc libc6-dev");
    }

    static boolean succeeds(List<String> command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().onExit().join()
                .exitValue() == 0;
        } catch (IOException e) {
            throw new EnvironmentException(command.getFirst() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Runs a command to its end.
     *
     * @return the processors' seconds it took
     * @throws EnvironmentException where it fails
     */
    static double cpuSeconds(List<String> command) throws IOException, InterruptedException {
        List<String> timed = new ArrayList<>(List.of("bash", "-c", TIMED, "bash"));
        timed.addAll(command);
        Process process = new ProcessBuilder(timed).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        String[] words = new String(process.getErrorStream().readAllBytes()).strip().split("\\s+");
        if (process.waitFor() != 0 || words.length != 2) {
            throw new EnvironmentException(String.join(" ", command) + " failed: " + String.join(" ", words));
        }
        return Double.parseDouble(words[0]) + Double.parseDouble(words[1]);
    }

    /** With all that is in it. */
    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Compiles a C program of ours that lies beside this class, into a folder that goes with this JVM. */
    static Path compile(String source) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("mcm-peer");
        Path file = directory.resolve(source);
        Path program = directory.resolve(source.replace(".c", ""));
        // Last in, first out: the folder is empty when its turn comes.
        List.of(directory, file, program).forEach(path -> path.toFile().deleteOnExit());
        try (InputStream resource = Tool.class.getResourceAsStream(source)) {
            Files.copy(resource, file);
        }
        Process compiler = new ProcessBuilder("cc", "-O3", "-o", program.toString(), file.toString()).redirectErrorStream(true).start();
        String said = new String(compiler.getInputStream().readAllBytes());
        if (compiler.waitFor() != 0) {
            throw new EnvironmentException(source + " does not compile: " + said.strip());
        }
        return program;
    }
}
