package io.mcm.proxy.delivery;

import io.mcm.metric.Counter;

/** What became of a session's units on the way to its consumer. */
public enum DeliveryCounter implements Counter {
    UNITS("Units put into the consumer's ring"),
    UNIT_BYTES("Bytes of those units, start codes included"),
    NO_CONSUMER("Units dropped because no consumer was connected"),
    RING_FULL("Units dropped whole because the consumer had not given enough buffers back"),
    OVERSIZED("Units dropped whole because they are longer than the consumer's buffer"),
    DAMAGED_ACCESS_UNITS("Access units that a loss fell in, or whose beginning nobody saw (drop-au, drop-until-idr)"),
    DAMAGED_UNITS("Whole NAL units left out because their access unit is damaged (drop-au, drop-until-idr)"),
    AWAITING_IDR("Whole NAL units left out on the way to the next IDR access unit (drop-until-idr)"),
    HELD_OVERFLOW("Whole NAL units left out because too much comes before an access unit's first slice (drop-until-idr)"),
    PARAMETER_SETS_INSERTED("Parameter sets put before an IDR slice that the camera did not send there"),
    CONSUMERS("Consumers that connected");

    private final String sentence;

    DeliveryCounter(String sentence) {
        this.sentence = sentence;
    }

    @Override
    public String sentence() {
        return sentence;
    }
}
