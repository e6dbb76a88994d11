package io.mcm.foreign;

/**
 * Tells by the monotonic clock when something arrived that the kernel has stamped by the real one. The real clock may be set at any time, so the
 * distance of the two is taken anew with every batch, and no answer is in the future or before an earlier one: a clock that is set between stamp
 * and look costs precision, never order.
 */
final class ArrivalClock {

    private long offset;
    private long now;
    private long latest;

    /**
     * Begins a batch that has been received.
     *
     * @param realNanos both clocks' time, the real one's read first: were the thread stopped between the two, arrivals would be told too late, not
     *     too early, which might end a wait for a late packet
     * @param nowNanos the monotonic clock's
     * @param notBefore the last arrival of the same socket
     */
    void begin(long realNanos, long nowNanos, long notBefore) {
        offset = nowNanos - realNanos;
        now = nowNanos;
        latest = nowNanos - notBefore < 0 ? nowNanos : notBefore;
    }

    /** @param realNanos the kernel's stamp; 0 for none, which is taken for now */
    long arrival(long realNanos) {
        long arrival = realNanos == 0 ? now : realNanos + offset;
        if (arrival - now > 0) {
            arrival = now;
        }
        if (arrival - latest > 0) {
            latest = arrival;
        }
        return latest;
    }
}
