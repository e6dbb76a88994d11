package io.mcm.perf.gate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Instructions counted by the processor, by way of {@code perf stat} (Debian's linux-perf) and JMH's {@code perfnorm}. Neighbours on the
 * machine do not change them; but many virtual machines hide the counter.
 */
public final class InstructionCount {

    /** The kernel's share is not ours to hold to a threshold. */
    static final String EVENT = "instructions:u";
    /** As JMH's profilers read it. */
    private static final String PERF = Objects.requireNonNullElse(System.getenv("JMH_PERF"), "perf");

    private static final boolean AVAILABLE = counts();

    private InstructionCount() {}

    public static boolean isAvailable() {
        return AVAILABLE;
    }

    /** {@code perf} ends well also where it says {@code <not supported>}. */
    private static boolean counts() {
        try {
            Process perf = new ProcessBuilder(List.of(PERF, "stat", "--field-separator", ",", "--event", EVENT, "true"))
                .redirectErrorStream(true).start();
            String said = new String(perf.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return perf.waitFor() == 0 && said.lines().anyMatch(line -> line.matches("[0-9.]+,.*" + EVENT + ".*"));
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
