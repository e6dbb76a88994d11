package io.mcm.sdk;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Where a connection has its time and its chance from. */
record Timing(LongSupplier nanoClock, Pause pause, RandomGenerator random) {

    /** Waits; an interrupt ends it. */
    interface Pause {
        void nanos(long nanos) throws InterruptedException;
    }

    static Timing system() {
        return new Timing(System::nanoTime, TimeUnit.NANOSECONDS::sleep, () -> ThreadLocalRandom.current().nextLong());
    }
}
