package io.mcm.camera.fleet;

import static java.lang.System.Logger.Level.WARNING;

import io.mcm.camera.pace.Clock;
import io.mcm.camera.pace.DeadlineWait;
import io.mcm.camera.pace.Idle;
import io.mcm.metric.LimitedLog;
import java.io.IOException;
import java.util.List;

/** Cameras on one thread: whichever has the next packet due sends it. */
public final class Fleet {

    private static final LimitedLog FAILURES = new LimitedLog(System.getLogger(Fleet.class.getName()), WARNING);

    private final List<FleetCamera> cameras;
    private final Clock clock;
    private final DeadlineWait wait;
    private final FleetLateness lateness = new FleetLateness();
    /** A binary heap: no camera is due before the one at (i - 1) / 2. */
    private final FleetCamera[] heap;
    private int size;
    private long startNanos;
    private long lastNanos;

    public Fleet(List<FleetCamera> cameras, Clock clock, Idle idle) {
        this.cameras = List.copyOf(cameras);
        this.clock = clock;
        wait = new DeadlineWait(clock, idle);
        heap = new FleetCamera[cameras.size()];
    }

    /** Returns when all cameras have come to their end, or {@link #stop} was called. A camera whose source fails ends alone. */
    public void run() {
        for (FleetCamera camera : cameras) {
            if (refill(camera)) {
                heap[size++] = camera;
                siftUp(size - 1);
            }
        }
        startNanos = clock.nanoTime();
        while (size > 0 && !wait.isStopped()) {
            turn();
        }
    }

    private void turn() {
        FleetCamera next = heap[0];
        long now = wait.until(startNanos + next.due());
        if (wait.isStopped()) {
            return;
        }
        lastNanos = now;
        next.send(now - startNanos, lateness);
        if (!refill(next)) {
            heap[0] = heap[--size];
        }
        siftDown();
    }

    private static boolean refill(FleetCamera camera) {
        try {
            return camera.refill();
        } catch (IOException e) {
            FAILURES.log(() -> camera.name() + " ends: " + e.getMessage());
            return camera.fail();
        }
    }

    private void siftUp(int from) {
        int i = from;
        while (i > 0 && heap[i].due() < heap[(i - 1) / 2].due()) {
            swap(i, (i - 1) / 2);
            i = (i - 1) / 2;
        }
    }

    private void siftDown() {
        int i = 0;
        while (2 * i + 1 < size) {
            int child = 2 * i + 1;
            if (child + 1 < size && heap[child + 1].due() < heap[child].due()) {
                child++;
            }
            if (heap[i].due() <= heap[child].due()) {
                return;
            }
            swap(i, child);
            i = child;
        }
    }

    private void swap(int a, int b) {
        FleetCamera camera = heap[a];
        heap[a] = heap[b];
        heap[b] = camera;
    }

    /** Ends {@link #run}; from any thread, which then has to wake a parked one. */
    public void stop() {
        wait.stop();
    }

    public List<FleetCamera> cameras() {
        return cameras;
    }

    public FleetLateness lateness() {
        return lateness;
    }

    /** From the start to the last packet. */
    public long durationNanos() {
        return Math.max(0, lastNanos - startNanos);
    }
}
