package io.mcm.perf.latency;

import io.mcm.camera.pace.Clock;
import io.mcm.camera.pace.DeadlineWait;
import io.mcm.camera.pace.Idle;
import io.mcm.perf.path.PictureShape;
import io.mcm.perf.path.PictureTraffic;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** Cameras that take turns on one thread: a picture of the next one at each moment of a fixed schedule, late ones at once. */
final class PacedCameras implements AutoCloseable {

    private static final int DIGITS = 3;
    private static final double NANOS_PER_SECOND = 1e9;

    private final PictureTraffic[] cameras;
    private final DeadlineWait wait = new DeadlineWait(Clock.SYSTEM, Idle.SYSTEM);
    private int next;

    /**
     * What was sent.
     *
     * @param lateness of the sending thread against its schedule, ns: a part of each picture's latency
     */
    record Sent(long pictures, double picturesPerSecond, Histogram lateness) {}

    PacedCameras(PictureShape shape, int firstPort, int count) {
        cameras = IntStream.range(0, count).mapToObj(i -> new PictureTraffic(shape, firstPort + i)).toArray(PictureTraffic[]::new);
    }

    Sent send(double picturesPerSecond, long pictures) {
        Histogram lateness = new Histogram(DIGITS);
        double period = NANOS_PER_SECOND / picturesPerSecond;
        long start = System.nanoTime();
        for (long i = 0; i < pictures; i++) {
            long due = start + (long) (i * period);
            lateness.recordValue(Math.max(0, wait.until(due) - due));
            cameras[next++ % cameras.length].sendPicture(due);
        }
        wait.until(start + (long) (pictures * period));
        return new Sent(pictures, pictures * NANOS_PER_SECOND / (System.nanoTime() - start), lateness);
    }

    @Override
    public void close() {
        Arrays.stream(cameras).forEach(PictureTraffic::close);
    }
}
