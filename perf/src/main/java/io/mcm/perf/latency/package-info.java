/**
 * Camera to consumer, end to end and open loop: pictures are sent at fixed times whatever becomes of those before, and each one's latency counts from
 * the time at which it was to be sent, so that nothing that stops the camera hides what it stops.
 */
package io.mcm.perf.latency;
