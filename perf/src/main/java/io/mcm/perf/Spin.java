package io.mcm.perf;

/** Waiting that keeps the core, until it is clear that the other side does not run because this one does. */
final class Spin {

    /** Some tens of microseconds: far above a ring's round trip, far below a time slice. */
    private static final int BEFORE_YIELD = 1_000;

    private int turns;

    /** Once for each look that found nothing. */
    void turn() {
        if (++turns < BEFORE_YIELD) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }

    /** After a look that found something. */
    void found() {
        turns = 0;
    }
}
