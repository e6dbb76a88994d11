package io.mcm.camera.pace;

/** Waits for moments: parks until shortly before, and spins the rest. How shortly it {@link SpinMargin learns}. One thread waits. */
public final class DeadlineWait {

    private final Clock clock;
    private final Idle idle;
    private final SpinMargin margin = new SpinMargin();
    private volatile boolean stopped;

    public DeadlineWait(Clock clock, Idle idle) {
        this.clock = clock;
        this.idle = idle;
    }

    /** Whether {@link #until} would park: there is time for work that can wait. */
    boolean isFar(long deadline, long now) {
        return deadline - now > margin.nanos();
    }

    /**
     * Returns at the deadline, or late, or at once where it is over or waiting was stopped.
     *
     * @return now
     */
    public long until(long deadline) {
        long wakeUp = deadline - margin.nanos();
        long now = clock.nanoTime();
        while (wakeUp - now > 0 && !stopped) {
            idle.park(wakeUp - now);
            now = clock.nanoTime();
            if (now - wakeUp >= 0) {
                margin.woke(now - wakeUp);
            }
        }
        while (deadline - now > 0 && !stopped) {
            idle.spin();
            now = clock.nanoTime();
        }
        return now;
    }

    /** Ends the wait under way and all later ones; from any thread, which then has to wake a parked one. */
    public void stop() {
        stopped = true;
    }

    public boolean isStopped() {
        return stopped;
    }
}
