package io.mcm.perf.gate;

/**
 * What was found for a threshold, or for a bench of two builds.
 *
 * @param rounds how many fresh JVMs of each side
 */
public record Finding(String name, Interval figure, double atMost, Judgement judgement, int rounds, String reason) {}
