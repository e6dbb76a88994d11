package io.mcm.rtp;

/** Ticks of the media clock, in whole numbers. */
public final class ClockRate {

    /** Ticks a second of every video payload (RFC 6184 section 5.1: the clock rate MUST be 90 kHz). */
    public static final int VIDEO = 90_000;

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    /** Multiplying by this is multiplying by 2^32: seconds to NTP's fixed point. */
    private static final int NTP_FRACTION_BITS = 32;

    private ClockRate() {}

    /** Ticks in so many nanoseconds, rounded down; right for every long. */
    public static long ticks(long nanos) {
        long seconds = Math.floorDiv(nanos, NANOS_PER_SECOND);
        return seconds * VIDEO + Math.floorMod(nanos, NANOS_PER_SECOND) * VIDEO / NANOS_PER_SECOND;
    }

    /** Ticks as NTP's seconds in 32.32 fixed point, rounded down; right for every int. */
    public static long ntp(int ticks) {
        return Math.floorDiv((long) ticks << NTP_FRACTION_BITS, VIDEO);
    }

    /** NTP's fixed point as ticks, to the nearest; its low 32 bits are the RTP timestamp's. */
    public static long ticksOfNtp(long ntp) {
        long seconds = ntp >> NTP_FRACTION_BITS;
        long fraction = ntp & 0xffff_ffffL;
        return seconds * VIDEO + (fraction * VIDEO + (1L << NTP_FRACTION_BITS - 1) >>> NTP_FRACTION_BITS);
    }
}
