/**
 * Decides whether a build is fast enough, or slower than another, from ratios of the same run: each figure beside its baseline, or beside the
 * other build's, round after round. Where the rounds do not agree it says so instead of guessing.
 */
package io.mcm.perf.gate;
