package io.mcm.capture;

/**
 * What an Interface Description Block says about the packets that name it.
 *
 * @param linkType      as {@link CaptureRecord#linkType()}
 * @param snapLength    most bytes of a frame in the file, 0 for no limit
 * @param resolution    the option if_tsresol: ticks a second as a power of 10, or of 2 when bit 7 is set
 * @param offsetSeconds the option if_tsoffset, added to every timestamp
 */
record PcapngInterface(int linkType, long snapLength, int resolution, long offsetSeconds) {

    /** Microseconds, where an interface does not say (section 4.2). */
    static final int DEFAULT_RESOLUTION = 6;
    /** The finest ones whose ticks of one second still fit 64 bits. */
    static final int MAX_DECIMAL = 19;
    static final int MAX_BINARY = 63;

    private static final int BINARY_FLAG = 0x80;
    private static final int NANO_EXPONENT = 9;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    boolean resolutionAllowed() {
        return exponent() <= (isBinary() ? MAX_BINARY : MAX_DECIMAL);
    }

    /** @param ticks unsigned, in this interface's resolution */
    long nanos(long ticks) {
        long nanos = isBinary() ? ofBinary(ticks) : ofDecimal(ticks);
        return nanos + offsetSeconds * NANOS_PER_SECOND;
    }

    private long ofDecimal(long ticks) {
        int finer = exponent() - NANO_EXPONENT;
        return finer <= 0 ? ticks * powerOfTen(-finer) : Long.divideUnsigned(ticks, powerOfTen(finer));
    }

    private long ofBinary(long ticks) {
        int shift = exponent();
        if (shift == 0) {
            return ticks * NANOS_PER_SECOND;
        }
        long high = Math.unsignedMultiplyHigh(ticks, NANOS_PER_SECOND);
        return high << (Long.SIZE - shift) | ticks * NANOS_PER_SECOND >>> shift;
    }

    private static long powerOfTen(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }

    private boolean isBinary() {
        return (resolution & BINARY_FLAG) != 0;
    }

    private int exponent() {
        return resolution & ~BINARY_FLAG;
    }
}
