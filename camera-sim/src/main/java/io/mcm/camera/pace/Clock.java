package io.mcm.camera.pace;

/** Monotonic time. */
@FunctionalInterface
public interface Clock {

    Clock SYSTEM = System::nanoTime;

    /** Nanoseconds since an arbitrary origin; may be negative. */
    long nanoTime();
}
