package io.mcm.proxy;

/** What one memif buffer holds. A 4-byte start code is always its first bytes after the buffer header. */
public enum DeliveryUnit {
    /** One NAL unit, as the MCM document describes. */
    NALU,
    /** All NAL units of an access unit, a 4-byte start code before each; the 24.09 proxy delivers so. */
    ACCESS_UNIT,
    /** One RTP payload as it came, FU and STAP headers included, in sequence order: the consumer depacketizes. */
    FRAGMENT;

    /** As on the command line: {@code access-unit}. */
    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
