package io.mcm.proxy.delivery;

import java.util.Locale;

/**
 * What is left out after a loss. A loss is a packet that never came, a NAL unit that never became whole, or a whole unit that this consumer
 * had no room for. Incomplete NAL units are never delivered, whatever the policy.
 */
public enum LossPolicy {
    /** Nothing but the incomplete NAL units. */
    DROP_NAL,
    /**
     * Nothing more of the access unit that the loss falls in; in unit {@code access-unit} nothing of it at all. In unit {@code nalu} those of its
     * NAL units that were whole before the loss was known stay delivered. The access unit after a loss is damaged too, unless its first NAL
     * unit and its first slice can only be the first ones: AUD, SPS, PPS or SEI, and a slice with {@code first_mb_in_slice} 0. So is one
     * whose beginning nobody saw because the stream, or the consumer, came in the middle of it.
     */
    DROP_AU,
    /**
     * As {@link #DROP_AU}, and after that nothing until an access unit whose first slice is an IDR slice and whose beginning is there; so, too,
     * at the start of a session and of each new stream, and for each consumer. Parameter sets are delivered in the meantime; of the others
     * what comes before the first slice is held back until that slice tells.
     */
    DROP_UNTIL_IDR;

    /** As on the command line: {@code drop-until-idr}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
