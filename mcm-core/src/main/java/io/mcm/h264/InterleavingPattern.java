package io.mcm.h264;

/**
 * In which order an {@link InterleavedPacketizer} sends units: of each group of consecutive ones every {@code stride}-th from the
 * first, then every {@code stride}-th from the second, and so on. With group 6 and stride 2: 0 2 4 1 3 5.
 *
 * @param group NAL units, 1 to {@link #MAX_GROUP}
 * @param stride 1 (decoding order) to {@code group}
 * @param structure the packets that carry whole units
 */
public record InterleavingPattern(int group, int stride, Structure structure) {

    /** More could need decoding order numbers further apart than they can tell (RFC 6184 section 5.5: half of 65,536). */
    public static final int MAX_GROUP = 32_767;

    /** A packet structure of mode 2 for whole units. */
    public enum Structure {
        /** Units of one time that follow each other in decoding order. */
        STAP_B(NalType.STAP_B, 0),
        /** Units up to 65,535 ticks of the clock apart. */
        MTAP16(NalType.MTAP16, 2),
        /** Units up to 16,777,215 ticks of the clock apart. */
        MTAP24(NalType.MTAP24, 3);

        private final int type;
        private final int tsOffsetLength;

        Structure(int type, int tsOffsetLength) {
            this.type = type;
            this.tsOffsetLength = tsOffsetLength;
        }

        int type() {
            return type;
        }

        /** Bytes of each unit's timestamp offset. */
        int tsOffsetLength() {
            return tsOffsetLength;
        }

        long maxTsOffset() {
            return (1L << Byte.SIZE * tsOffsetLength) - 1;
        }
    }

    public InterleavingPattern {
        if (group < 1 || group > MAX_GROUP) {
            throw new IllegalArgumentException("interleaving group of " + group + " units; allowed are 1 to " + MAX_GROUP);
        }
        if (stride < 1 || stride > group) {
            throw new IllegalArgumentException("interleaving stride " + stride + "; allowed are 1 to the group's " + group);
        }
    }

    /** What a session description must say at least: {@code sprop-interleaving-depth} (RFC 6184 section 8.1). */
    public int depth() {
        int sent = 0;
        int depth = 0;
        int highest = -1;
        for (int first = 0; first < stride; first++) {
            for (int unit = first; unit < group; unit += stride) {
                // Of the units sent before this one, those that do not come before it in decoding order.
                depth = unit < highest ? Math.max(depth, sent - sentBefore(first, unit)) : depth;
                highest = Math.max(highest, unit);
                sent++;
            }
        }
        return depth;
    }

    /** How many of the units below {@code unit} have been sent when its turn comes in the round that starts at {@code first}. */
    private int sentBefore(int first, int unit) {
        int before = 0;
        for (int round = 0; round <= first; round++) {
            before += (unit - round + stride - 1) / stride;
        }
        return before;
    }
}
