package io.mcm.memif.builtin;

import io.mcm.foreign.ProcessResources;
import java.lang.management.ManagementFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@link HostileRounds} for long. Arguments: {@code seconds N} or {@code rounds N}. Ends with 1 where anything was lost or left behind. */
final class Soak {

    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(60);

    private Soak() {}

    public static void main(String[] args) {
        boolean byTime = args[0].equals("seconds");
        long limit = Long.parseLong(args[1]);
        long seed = ThreadLocalRandom.current().nextLong();
        Logger.getLogger("").setLevel(Level.OFF);
        ProcessResources before = ProcessResources.now();
        long start = System.nanoTime();
        System.out.println("soak of memif: " + limit + " " + args[0] + ", seed " + seed);
        try (HostileRounds hostile = new HostileRounds("@mcm-soak-" + ProcessHandle.current().pid(), seed)) {
            long told = start;
            for (long now = start; byTime ? now - start < TimeUnit.SECONDS.toNanos(limit) : hostile.rounds() < limit; now = System.nanoTime()) {
                hostile.round();
                if (now - told >= TELL_NANOS) {
                    told = now;
                    tell(hostile, now - start);
                }
            }
            hostile.checkCounters();
            tell(hostile, System.nanoTime() - start);
        } catch (RuntimeException | AssertionError e) {
            System.err.println("failed: " + e + " at " + Arrays.toString(e.getStackTrace()));
            System.exit(1);
        }
        ProcessResources after = ProcessResources.now();
        System.out.println("before " + before + "\nafter  " + after);
        System.exit(after.equals(before) ? 0 : 1);
    }

    private static void tell(HostileRounds hostile, long nanos) {
        System.gc();
        System.out.printf("%d s: %s  heap in use: %.1f MiB%n", TimeUnit.NANOSECONDS.toSeconds(nanos), hostile.report(),
            ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1048576.0);
    }
}
