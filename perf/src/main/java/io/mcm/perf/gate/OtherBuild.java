package io.mcm.perf.gate;

import io.mcm.cli.EnvironmentException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The data path of another version under the benches of this one: a jar of mcm-core, or a git revision, which is built aside. */
public final class OtherBuild implements AutoCloseable {

    private static final String CORE = "mcm-core";
    private static final int TOLD_LINES = 12;

    private final Path home;
    private final Build build;
    private final Path checkout;

    private OtherBuild(Path home, Build build, Path checkout) {
        this.home = home;
        this.build = build;
        this.checkout = checkout;
    }

    /**
     * @param home  the folder of this project, a git repository where a revision is named
     * @param named a file, or a revision
     */
    public static OtherBuild of(Path home, String named) throws IOException {
        Path jar = Path.of(named);
        if (named.endsWith(".jar")) {
            if (!Files.isRegularFile(jar)) {
                throw new EnvironmentException("--against " + named + ": no such file");
            }
            return new OtherBuild(home, new Build(named, classPath(jar)), null);
        }
        Path checkout = Files.createTempDirectory("mcm-against").resolve("checkout");
        run(home, List.of("git", "worktree", "add", "--detach", checkout.toString(), named), "--against " + named);
        OtherBuild other = new OtherBuild(home, new Build(named, classPath(coreOf(checkout))), checkout);
        try {
            run(checkout, List.of("mvn", "-q", "-B", "-DskipTests", "-pl", CORE, "-am", "package"), "building " + named);
        } catch (EnvironmentException e) {
            other.close();
            throw e;
        }
        return other;
    }

    private static Path coreOf(Path checkout) {
        String ours = core().getFileName().toString();
        return checkout.resolve("target").resolve("lib").resolve(ours);
    }

    /** Ours on this JVM's class path. */
    private static Path core() {
        return entries().filter(OtherBuild::isCore).findFirst()
            .orElseThrow(() -> new EnvironmentException("no jar of " + CORE + " on the class path: --against needs ./mcm perf"));
    }

    private static Stream<Path> entries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of);
    }

    private static boolean isCore(Path entry) {
        return entry.getFileName().toString().matches(CORE + "-.*\\.jar");
    }

    /** The other core instead of ours, and everything else as it is. */
    private static String classPath(Path otherCore) {
        List<String> entries = new ArrayList<>(List.of(otherCore.toString()));
        entries().filter(entry -> !isCore(entry)).map(Path::toString).forEach(entries::add);
        return entries.stream().collect(Collectors.joining(File.pathSeparator));
    }

    private static void run(Path directory, List<String> command, String what) throws IOException {
        Process process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
        List<String> said = process.inputReader().readAllLines();
        // Its output has ended.
        if (process.onExit().join().exitValue() != 0) {
            throw new EnvironmentException(what + ": " + String.join("\n", said.subList(Math.max(0, said.size() - TOLD_LINES), said.size())));
        }
    }

    public Build build() {
        return build;
    }

    /** The checkout goes. */
    @Override
    public void close() throws IOException {
        if (checkout != null) {
            run(home, List.of("git", "worktree", "remove", "--force", checkout.toString()), "removing " + checkout);
            try (Stream<Path> left = Files.walk(checkout.getParent())) {
                left.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
            }
        }
    }
}
