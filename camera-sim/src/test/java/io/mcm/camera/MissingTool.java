package io.mcm.camera;

import static org.junit.jupiter.api.Assumptions.abort;

/** What a test needs and this machine has not: the test is skipped, but fails where {@code MCM_PEERS=required}, as in CI. */
public final class MissingTool {

    private MissingTool() {}

    /** @param message what is missing, and the command that installs it */
    public static void report(String message) {
        if ("required".equals(System.getenv("MCM_PEERS"))) {
            throw new AssertionError(message + " (MCM_PEERS=required)");
        }
        abort(message);
    }
}
