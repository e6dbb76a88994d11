package io.mcm.perf.gate;

/**
 * One fresh JVM's figure.
 *
 * @param nanos          an operation, the median of the JVM's iterations
 * @param bytesAllocated an operation
 */
public record Measured(double nanos, double bytesAllocated) {}
