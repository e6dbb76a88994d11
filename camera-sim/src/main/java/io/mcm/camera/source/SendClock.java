package io.mcm.camera.source;

/** Tells when something that is due so long after the stream's start is sent. */
@FunctionalInterface
public interface SendClock {

    /** Nanoseconds since 1970 UTC. */
    long sendNanos(long dueNanos);
}
