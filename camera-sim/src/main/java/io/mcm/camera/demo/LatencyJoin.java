package io.mcm.camera.demo;

import io.mcm.rtp.Sequence;
import java.util.ArrayDeque;
import java.util.Deque;
import org.HdrHistogram.Histogram;

/**
 * Joins the camera's trace with the consumer's: from the moment for which the packet that made a unit whole was <em>intended</em> to
 * the moment when the consumer had the unit. A camera that is late is thus not forgiven. Thread-safe: each trace has its own reader.
 */
final class LatencyJoin {

    private static final int WINDOW = 1 << 16;
    private static final long MAX_NANOS = 60_000_000_000L;
    private static final double NANOS_PER_MICRO = 1e3;

    private record Waiting(long sequence, long dequeuedNanos) {}

    private final GroundTruth truth;
    private final long[] intendedNanos = new long[WINDOW];
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Histogram all = new Histogram(MAX_NANOS, 3);
    private long firstSequence = -1;
    private long lastSent;
    private long lastDequeued;
    private long sent;
    private long units;
    private long bytes;

    LatencyJoin(GroundTruth truth) {
        this.truth = truth;
    }

    /** A line of the camera's trace. */
    synchronized void sent(int sequence, long intended) {
        if (firstSequence < 0) {
            firstSequence = lastSent = lastDequeued = WINDOW + sequence;
        }
        long extended = Sequence.extend(lastSent, sequence);
        lastSent = Math.max(lastSent, extended);
        intendedNanos[(int) (extended % WINDOW)] = intended;
        sent++;
        while (!waiting.isEmpty() && waiting.getFirst().sequence <= lastSent) {
            record(waiting.removeFirst());
        }
    }

    /** A line of the consumer's trace. */
    synchronized void dequeued(int sequence, int length, long atNanos) {
        units++;
        bytes += length;
        if (firstSequence < 0) {
            return;
        }
        lastDequeued = Sequence.extend(lastDequeued, sequence);
        Waiting unit = new Waiting(lastDequeued + truth.packetsUntilWhole(lastDequeued - firstSequence), atNanos);
        if (unit.sequence <= lastSent) {
            record(unit);
        } else {
            waiting.addLast(unit);
        }
    }

    private void record(Waiting unit) {
        long latency = unit.dequeuedNanos - intendedNanos[(int) (unit.sequence % WINDOW)];
        all.recordValue(Math.clamp(latency, 0, MAX_NANOS));
    }

    synchronized long packetsSent() {
        return sent;
    }

    synchronized long units() {
        return units;
    }

    synchronized long bytes() {
        return bytes;
    }

    /** Of all units so far, in microseconds. */
    synchronized double micros(double percentile) {
        return all.getValueAtPercentile(percentile) / NANOS_PER_MICRO;
    }
}
