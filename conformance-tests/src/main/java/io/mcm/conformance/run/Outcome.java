package io.mcm.conformance.run;

import io.mcm.conformance.suite.ConformanceCase;
import io.mcm.conformance.suite.Evidence;

/**
 * What came of one case.
 *
 * @param expected what the proxy should have done where it did not; else empty
 * @param actual   what it did, or why it could not be tested; empty for a pass
 * @param nanos    how long it took
 * @param seed     the run's: with it the case plays again exactly
 */
public record Outcome(ConformanceCase tried, Verdict verdict, String expected, String actual, long nanos, long seed, Evidence evidence) {}
