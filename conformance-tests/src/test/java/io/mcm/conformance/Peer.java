package io.mcm.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * A program that is not ours and that a test holds us against. Where it is missing the test is skipped with the command that
 * installs it; with {@code MCM_PEERS=required}, as in CI, it fails.
 */
public enum Peer {
    FFMPEG("ffmpeg", "apt-get install ffmpeg"),
    GSTREAMER("gst-launch-1.0", "apt-get install gstreamer1.0-tools gstreamer1.0-plugins-good gstreamer1.0-plugins-bad"),
    DPDK_TESTPMD("dpdk-testpmd", "apt-get install dpdk-dev"),
    CHROMIUM("chromium", "apt-get install chromium");

    private static final String VARIABLE = "MCM_PEERS";
    private static final String REQUIRED = "required";

    private final String program;
    private final String remedy;

    Peer(String program, String remedy) {
        this.program = program;
        this.remedy = remedy;
    }

    /**
     * Where the program is.
     *
     * @throws TestAbortedException when it is missing, which skips the test
     * @throws AssertionFailedError when it is missing and required
     */
    public Path require() {
        return require(System.getenv("PATH"), REQUIRED.equals(System.getenv(VARIABLE)));
    }

    Path require(String executablePath, boolean required) {
        Optional<Path> found = Stream.of(executablePath.split(":")).map(folder -> Path.of(folder, program))
            .filter(Files::isExecutable).findFirst();
        if (found.isPresent()) {
            return found.get();
        }
        throw missing(program + " is missing: " + remedy, required);
    }

    /** What to throw for anything else that a test needs and this machine has not: as {@link #require()} does. */
    public static RuntimeException missing(String message) {
        return missing(message, REQUIRED.equals(System.getenv(VARIABLE)));
    }

    private static RuntimeException missing(String message, boolean required) {
        if (required) {
            throw new AssertionFailedError(message);
        }
        return new TestAbortedException(message);
    }
}
