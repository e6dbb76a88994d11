package io.mcm.proxy.delivery;

import java.util.Locale;

/** Whether SPS and PPS that are known, from earlier in the stream or from its session description, are put before IDR slices. */
public enum ParameterSetPolicy {
    /** They come as the camera sends them. */
    AS_SENT,
    /** Those that this consumer has not had yet: because it came late, or had no room, or the camera never sends them. */
    WHEN_MISSING,
    /** All of them, with every IDR access unit that does not bring both SPS and PPS itself. */
    BEFORE_IDR;

    /** As on the command line: {@code when-missing}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
