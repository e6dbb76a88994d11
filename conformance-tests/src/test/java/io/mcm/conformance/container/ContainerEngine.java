package io.mcm.conformance.container;

import io.mcm.conformance.Checkout;
import io.mcm.conformance.Peer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The engine that {@code DOCKER_HOST} names, and our image in it. Without the variable nothing is looked for: a search takes minutes. */
final class ContainerEngine {

    static final String IMAGE = "mcm:test";
    private static final String HOST = "DOCKER_HOST";
    /** Testcontainers would start an image from a registry to find the address that this says. */
    private static final String OVERRIDE = "TESTCONTAINERS_HOST_OVERRIDE";
    private static final long IMAGE_SECONDS = 120;

    private ContainerEngine() {}

    /** Makes the image, of the jars in {@code target/lib}. */
    static void prepare() throws IOException, InterruptedException {
        if (System.getenv(HOST) == null || System.getenv(OVERRIDE) == null) {
            throw Peer.missing("no container engine: eval \"$(sudo ci/container-engine up)\"");
        }
        ProcessBuilder script = new ProcessBuilder("ci/container-image", IMAGE).directory(Checkout.ROOT.toFile()).redirectErrorStream(true);
        script.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = script.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(IMAGE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new AssertionError("ci/container-image failed: " + said);
        }
    }
}
