package io.mcm.ingest;

/**
 * How long to wait before looking for packets again, where nothing tells that some have come. While they flow the waits are short; in
 * silence they grow with it, so that a packet after a pause waits for a small share of that pause and an idle port costs next to nothing.
 */
final class PollingPace {

    /** In 50 us a 10 Gbit/s port brings 43 packets of 1,400 bytes; a socket of MTL holds 1,024 (mudp_set_rx_ring_count). */
    static final long SHORTEST_NANOS = 50_000;

    /**
     * 100 looks a second, after 320 ms of silence. A 1 MB picture is 750 packets: MTL's 1,024 hold it however late it is found. 4 ms cost
     * 1 % of a core.
     */
    static final long LONGEST_NANOS = 10_000_000;

    /** After the 40 ms between two pictures of a 25 fps camera the next one waits 1.25 ms at most. */
    static final int SHARE_OF_SILENCE = 32;

    /** Less than this a timer cannot be set to: 0 would stop it. */
    static final long AT_ONCE_NANOS = 1;

    private long silentNanos;
    private long waitNanos = SHORTEST_NANOS;

    /**
     * Nanoseconds to wait after a look.
     *
     * @param found datagrams that it brought
     * @param more whether others may be left, for want of room
     */
    long afterLook(int found, boolean more) {
        if (found > 0) {
            silentNanos = 0;
            waitNanos = SHORTEST_NANOS;
            return more ? AT_ONCE_NANOS : SHORTEST_NANOS;
        }
        silentNanos += waitNanos;
        waitNanos = Math.clamp(silentNanos / SHARE_OF_SILENCE, SHORTEST_NANOS, LONGEST_NANOS);
        return waitNanos;
    }

    /** Whether nothing has come for so long that waits are as long as they get. */
    boolean isIdle() {
        return waitNanos == LONGEST_NANOS;
    }
}
