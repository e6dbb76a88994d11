package io.mcm.perf.gate;

/**
 * One fresh JVM's figure.
 *
 * @param nanos          an operation, in the least disturbed of the JVM's iterations
 * @param bytesAllocated an operation, likewise
 */
public record Measured(double nanos, double bytesAllocated) {}
