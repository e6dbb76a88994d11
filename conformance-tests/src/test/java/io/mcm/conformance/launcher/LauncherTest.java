package io.mcm.conformance.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mcm.conformance.Checkout;
import io.mcm.conformance.target.FreePort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./mcm} as a person calls it. A run inside a build must not start a build: MCM_NO_BUILD. */
@Timeout(300)
class LauncherTest {

    private static final Path LAUNCHER = Checkout.ROOT.resolve("mcm");
    private static final String OLD_JDK = "JAVA_VERSION=\"17.0.1\"\n";

    @TempDir
    private Path folder;

    private record Result(int exitCode, String out, String err) {}

    @BeforeEach
    void theCoreIsPackaged() throws IOException {
        Path lib = Checkout.ROOT.resolve("target/lib");
        assumeTrue(Files.isDirectory(lib), "nothing to launch: mvn package");
        try (Stream<Path> jars = Files.list(lib)) {
            assumeTrue(jars.anyMatch(jar -> jar.getFileName().toString().startsWith("mcm-core-")), "nothing to launch: mvn package");
        }
    }

    @Test
    void worksFromAnyFolderAndPrintsNothingElse() throws Exception {
        assertThat(run(LAUNCHER, "--version")).isEqualTo(new Result(0, "mcm 0.1.0\n", ""));
    }

    @Test
    void worksThroughASymbolicLink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), LAUNCHER);
        assertThat(run(link, "--version").out()).isEqualTo("mcm 0.1.0\n");
    }

    @Test
    void aRelativeFileIsRelativeToTheCaller() throws Exception {
        Files.createFile(folder.resolve("empty.pcap"));
        Result missing = run(LAUNCHER, "depacketize", "missing.pcap", "--out", "x.h264");
        Result empty = run(LAUNCHER, "depacketize", "empty.pcap", "--out", "x.h264");
        assertThat(missing.exitCode()).isEqualTo(3);
        assertThat(empty.exitCode()).isEqualTo(3);
        assertThat(missing.err()).contains("missing.pcap").isNotEqualTo(empty.err());
    }

    @Test
    void anOlderJavaHomeIsPassedOver() throws Exception {
        Path java = Files.createDirectories(folder.resolve("old/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nexit 99\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("old/release"), OLD_JDK);
        ProcessBuilder launch = launch(LAUNCHER, "--version");
        launch.environment().put("JAVA_HOME", folder.resolve("old").toString());
        assertThat(run(launch).out()).isEqualTo("mcm 0.1.0\n");
    }

    @Test
    void helpListsTheCommandsOfTheModulesThatAreBuiltByNow() throws Exception {
        Result help = run(LAUNCHER, "--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("proxy", "recv", "depacketize", "doctor", "camera", "pcap", "demo");
    }

    @Test
    void theExitCodeOfTheCommandIsTheLaunchers() throws Exception {
        Result result = run(LAUNCHER, "no-such-command");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("no-such-command").doesNotContain("Exception");
    }

    @Test
    void theLauncherBecomesTheJvmSoThatSignalsReachIt() throws Exception {
        Process process = launch(LAUNCHER, "proxy", "--listen", "127.0.0.1:" + FreePort.next(), "--run-dir", folder.toString()).start();
        try {
            while (process.isAlive() && !process.info().command().orElse("").endsWith("/java")) {
                Thread.sleep(10);
            }
            assertThat(process.isAlive()).isTrue();
            assertThat(process.children()).isEmpty();
        } finally {
            process.destroy();
            assertThat(process.waitFor()).isNotEqualTo(-1);
        }
    }

    private Result run(Path launcher, String... arguments) throws IOException, InterruptedException {
        return run(launch(launcher, arguments));
    }

    private ProcessBuilder launch(Path launcher, String... arguments) {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
            .redirectOutput(folder.resolve("out").toFile()).redirectError(folder.resolve("err").toFile());
        builder.environment().put("MCM_NO_BUILD", "1");
        return builder;
    }

    private Result run(ProcessBuilder builder) throws IOException, InterruptedException {
        int exitCode = builder.start().waitFor();
        return new Result(exitCode, text("out"), text("err"));
    }

    private String text(String name) throws IOException {
        return Files.readString(folder.resolve(name), StandardCharsets.UTF_8);
    }
}
