/**
 * What this machine can do just now, whatever the code: memory copies, a cache line's way between cores, waking a thread, a datagram's way through
 * the kernel. Taken in the run whose figures they are held against.
 */
package io.mcm.perf.calibration;
