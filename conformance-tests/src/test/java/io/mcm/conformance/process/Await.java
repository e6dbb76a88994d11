package io.mcm.conformance.process;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.opentest4j.AssertionFailedError;

/** Waiting for what another process does. */
public final class Await {

    /** For a step that takes well under a second on an idle machine: a busy one may be forty times slower. */
    static final int PATIENCE_SECONDS = 120;
    private static final long TICK_MILLIS = 20;

    private Await() {}

    /** @throws AssertionFailedError naming what did not come, with what explains it */
    public static void until(String what, BooleanSupplier condition, Supplier<String> explanation) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                throw new AssertionFailedError("not within " + PATIENCE_SECONDS + " s: " + what + "\n" + explanation.get());
            }
            TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
        }
    }
}
