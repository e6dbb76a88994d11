package io.mcm.proxy.pull;

import java.time.Duration;

/** How long to wait before the next attempt: a camera that boots takes 30 to 60 s, and cameras lock out who knocks too often. */
final class PullBackoff {

    static final Duration FIRST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int MAX_DOUBLINGS = 5;

    private int failures;

    /** 1, 2, 4, 8, 16, 30, 30... seconds. */
    Duration next() {
        Duration wait = FIRST.multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS));
        failures++;
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    /** A play has ended. A short one was a failure like others, or a camera that plays and ends at once would be asked for ever. */
    void played(Duration howLong) {
        if (howLong.compareTo(LONGEST) > 0) {
            failures = 0;
        }
    }
}
