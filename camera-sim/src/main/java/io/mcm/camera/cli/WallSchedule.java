package io.mcm.camera.cli;

import io.mcm.camera.source.SendClock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** Times of sending from the moment on in which the first is asked for, at the camera's speed. */
final class WallSchedule implements SendClock {

    private final InstantSource wall;
    private final double speed;
    private boolean started;
    private long startNanos;

    /** @param speed infinite where nothing waits: everything is sent when it is asked for */
    WallSchedule(InstantSource wall, double speed) {
        this.wall = wall;
        this.speed = speed;
    }

    @Override
    public long sendNanos(long dueNanos) {
        if (Double.isInfinite(speed)) {
            return now();
        }
        long sinceStart = speed == 1 ? dueNanos : (long) (dueNanos / speed);
        if (!started) {
            started = true;
            startNanos = now() - sinceStart;
        }
        return startNanos + sinceStart;
    }

    private long now() {
        Instant now = wall.instant();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}
