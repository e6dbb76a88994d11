package io.mcm.rtp;

/**
 * A stream's RTP timestamps without wraps: 64 bits that follow the 32 of the wire forwards and, for B pictures, back. Where the camera's
 * timestamp jumps (a restart, another source, a changed clock) the time given out goes on with the arrival time instead, and the jump is
 * counted: it never leaps by more than {@link #MAX_DRIFT_TICKS} from what has passed since the packet before.
 */
public final class MediaClock {

    /**
     * Ten seconds between what the timestamp says has passed and what has: above the B pictures, stalls and bursts of a live camera (GOPs of
     * 1 to 4 s, the reorder window's 0.1 s), below what a consumer could bridge.
     */
    public static final long MAX_DRIFT_TICKS = 10L * ClockRate.VIDEO;

    private boolean started;
    private boolean restarted;
    private int timestamp;
    private long extended;
    private long arrivalNanos;
    private long jumps;

    /**
     * The extended timestamp of a packet; the first one's is its timestamp, unsigned.
     *
     * @param arrivalNanos when it arrived
     */
    public long extend(int timestamp, long arrivalNanos) {
        if (started) {
            extended += step(timestamp - this.timestamp, ClockRate.ticks(arrivalNanos - this.arrivalNanos));
        } else {
            started = true;
            extended = Integer.toUnsignedLong(timestamp);
        }
        restarted = false;
        this.timestamp = timestamp;
        this.arrivalNanos = arrivalNanos;
        return extended;
    }

    private long step(int told, long passed) {
        if (!restarted && Math.abs(told - passed) <= MAX_DRIFT_TICKS) {
            return told;
        }
        if (!restarted) {
            jumps++;
        }
        // Another picture at least, even if it came in the same tick.
        return Math.max(1, passed);
    }

    /** Another source follows, whose timestamps start anywhere: its first packet goes on with the arrival time, and is no jump. */
    public void restart() {
        restarted = true;
    }

    /** Times that the timestamp did not say what had passed. */
    public long jumps() {
        return jumps;
    }
}
