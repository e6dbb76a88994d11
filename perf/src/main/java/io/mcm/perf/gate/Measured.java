package io.mcm.perf.gate;

import java.util.OptionalDouble;

/**
 * One fresh JVM's figure.
 *
 * @param nanos          of a core, an operation, in the least disturbed of the JVM's iterations
 * @param bytesAllocated an operation, likewise
 * @param instructions   an operation, in user mode; empty where {@link InstructionCount} cannot count them
 */
public record Measured(double nanos, double bytesAllocated, OptionalDouble instructions) {

    public Measured(double nanos, double bytesAllocated) {
        this(nanos, bytesAllocated, OptionalDouble.empty());
    }
}
