/**
 * {@code mcm perf memif}: one memif between two processes, ours against libmemif in C, in one run. Each implementation has a pair of peer
 * processes that take cells from standard input; the comparison plays the same cell to each pair in turn and prints ratios.
 */
package io.mcm.perf.memif;
