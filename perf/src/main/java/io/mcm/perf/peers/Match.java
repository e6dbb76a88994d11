package io.mcm.perf.peers;

import java.io.IOException;
import java.util.Optional;

/** The same work, by us and by another, side by side. */
interface Match {

    /** What is done, and by whom: the first two columns. */
    String work();

    String peer();

    /** Of {@code performance.md}: the highest or lowest ratio that is good. */
    Goal goal();

    /** What is to be installed where the peer is not there. */
    Optional<String> missing();

    Played play() throws IOException, InterruptedException;

    /**
     * What came of it.
     *
     * @param unit  of both figures, {@code ns a packet}
     * @param note  what else must be known; may be empty
     * @param counts whether the machine was fit for it: else the ratio says nothing of the goal
     */
    record Played(double ours, double theirs, String unit, String note, boolean counts) {

        double ratio() {
            return ours / theirs;
        }
    }

    /** @param isLeast whether a higher ratio is better */
    record Goal(double ratio, boolean isLeast) {

        boolean isMet(double measured) {
            return isLeast ? measured >= ratio : measured <= ratio;
        }

        @Override
        public String toString() {
            return (isLeast ? ">= " : "<= ") + ratio;
        }
    }
}
