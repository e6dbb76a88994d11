package io.mcm.control;

import java.util.Locale;

/**
 * What one memif buffer holds. A 4-byte start code is always its first bytes after the headers. The ordinal plus one is its number in
 * {@link UnitMetadata}.
 */
public enum DeliveryUnit {
    /** One NAL unit, as the MCM document describes. */
    NALU,
    /** All NAL units of an access unit, a 4-byte start code before each; the 24.09 proxy delivers so. */
    ACCESS_UNIT,
    /** One RTP payload as it came, FU and STAP headers included, in sequence order: the consumer depacketizes. */
    FRAGMENT;

    private static final DeliveryUnit[] ALL = values();

    int number() {
        return ordinal() + 1;
    }

    /** Null for a number that no unit has. */
    static DeliveryUnit ofNumber(int number) {
        return number >= 1 && number <= ALL.length ? ALL[number - 1] : null;
    }

    /** As on the command line: {@code access-unit}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
