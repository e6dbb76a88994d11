package io.mcm.perf.gate;

/** Runs a bench in a fresh JVM: one that has compiled it anew, at another place of memory. */
@FunctionalInterface
public interface Fork {

    /** @param method of JMH, the bench's own or its baseline */
    Measured run(Build build, Bench bench, String method);
}
