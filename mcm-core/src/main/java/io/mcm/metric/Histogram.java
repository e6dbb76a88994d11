package io.mcm.metric;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * How often a quantity was how large, in buckets that are fixed from the start, so that recording is an addition in an array. A single thread
 * records; any thread may read, and sees what was true a moment ago.
 */
public final class Histogram {

    private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle SUM;

    static {
        try {
            SUM = MethodHandles.lookup().findVarHandle(Histogram.class, "sum", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long[] bounds;
    /** One more than bounds: what is above the last. */
    private final long[] counts;
    private long sum;

    /** @param bounds the largest value of each bucket, ascending; whatever is above the last has a bucket too */
    public Histogram(long... bounds) {
        for (int i = 1; i < bounds.length; i++) {
            if (bounds[i] <= bounds[i - 1]) {
                throw new IllegalArgumentException("bound " + bounds[i] + " after " + bounds[i - 1] + ", allowed are ascending ones");
            }
        }
        this.bounds = bounds.clone();
        counts = new long[bounds.length + 1];
    }

    public void record(long value) {
        int bucket = 0;
        // Most values are small: from the first bucket on is shorter than halving.
        while (bucket < bounds.length && value > bounds[bucket]) {
            bucket++;
        }
        COUNT.setOpaque(counts, bucket, counts[bucket] + 1);
        SUM.setOpaque(this, sum + value);
    }

    /** What has been recorded so far. */
    public Snapshot snapshot() {
        long[] now = new long[counts.length];
        Arrays.setAll(now, i -> (long) COUNT.getOpaque(counts, i));
        return new Snapshot(bounds.clone(), now, (long) SUM.getOpaque(this));
    }

    /**
     * A histogram at one moment.
     *
     * @param bounds the largest value of each bucket but the last, which has none
     * @param counts values in each bucket, and in no other
     * @param sum of all values; one that is recorded meanwhile may be in it or in the counts only
     */
    public record Snapshot(long[] bounds, long[] counts, long sum) {

        /** Values in all buckets. */
        public long count() {
            return Arrays.stream(counts).sum();
        }
    }
}
