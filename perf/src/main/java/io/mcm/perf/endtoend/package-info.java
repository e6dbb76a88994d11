/** The gate's figures that take whole processes: latency from camera to consumer, throughput of memif, each beside its calibration. */
package io.mcm.perf.endtoend;
