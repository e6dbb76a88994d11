package io.mcm.sdk;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before each attempt to connect again. The first attempt is made at once; before the n-th after it passes a random
 * part, at least half, of {@code first * 2^(n-1)}, and never more than {@code longest}: consumers that lost their proxy together do
 * not come back together.
 *
 * @param first positive
 * @param longest at least {@code first}
 */
public record Backoff(Duration first, Duration longest) {

    /**
     * A proxy is up about 0.4 s after it was started (measured, JVM start to control port): an eighth of that costs little of its stream.
     * An attempt is one TCP connection, and 500 sessions that each make one a second or two are what a proxy's backlog takes
     * ({@code listen(500)}, as upstream's).
     */
    public static final Backoff DEFAULT = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(2));

    /** Doubling a duration this often fills a long, whatever the first was. */
    private static final int MAX_DOUBLINGS = 62;

    public Backoff {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("back-off of " + first + " to " + longest + ", allowed is more than 0 up to the same or more");
        }
    }

    /** Before attempt number {@code attempt}, counted from 0. */
    long delayNanos(int attempt, RandomGenerator random) {
        if (attempt == 0) {
            return 0;
        }
        int doublings = Math.min(attempt - 1, MAX_DOUBLINGS);
        boolean atLongest = longest.toNanos() >> doublings < first.toNanos();
        long whole = atLongest ? longest.toNanos() : first.toNanos() << doublings;
        return whole - random.nextLong(whole / 2 + 1);
    }
}
