package io.mcm.camera.impair;

/** One thing that is done to packets, with its figures. What stands between two times is a {@link Phase}. */
public sealed interface Impairment {

    /** Percentages of all packets. */
    double ALL = 100;
    /** No camera's quartz is worse by orders of magnitude; what is more is another frame rate. */
    double MAX_DRIFT_PPM = 100_000;
    /** An hour: nobody waits longer for a packet. */
    double MAX_MILLIS = 3_600_000;
    /** Above it every packet is damaged many times over. */
    double MAX_BIT_ERROR_RATE = 0.01;
    /** The largest RTP packet that UDP over IPv4 can carry. */
    int MAX_PACKET_LENGTH = 65_507;

    /** Loses so many percent of the packets, each by its own chance. */
    record Loss(double percent) implements Impairment {
        public Loss {
            Check.percent(percent);
        }
    }

    /**
     * Loses packets in bursts: a chain of a good and a bad state (Gilbert-Elliott), which is stepped with every packet.
     *
     * @param toBad  percent of the packets in good state after which it is bad
     * @param toGood percent of the packets in bad state after which it is good again
     * @param inGood percent of the packets lost in good state
     * @param inBad  percent of the packets lost in bad state
     */
    record BurstLoss(double toBad, double toGood, double inGood, double inBad) implements Impairment {
        public BurstLoss {
            Check.percent(toBad);
            Check.percent(toGood);
            Check.percent(inGood);
            Check.percent(inBad);
        }

        /**
         * All lost in bad state and none in good (Gilbert).
         *
         * @param percent lost of all packets, below 100
         * @param length  packets of a burst on average, 1 and more
         */
        public static BurstLoss of(double percent, double length) {
            Check.range(percent, 0, ALL - 1, "percent");
            Check.range(length, 1, ReorderLimits.MAX_DISTANCE, "packets");
            double toGood = ALL / length;
            return new BurstLoss(Math.min(ALL, toGood * percent / (ALL - percent)), toGood, 0, ALL);
        }
    }

    /**
     * Holds packets back until later ones have overtaken them.
     *
     * @param least later packets that overtake one, 1 and more
     * @param most  the same, {@code least} to {@value ReorderLimits#MAX_DISTANCE}
     */
    record Reorder(double percent, int least, int most) implements Impairment {
        public Reorder {
            Check.percent(percent);
            Check.range(least, 1, ReorderLimits.MAX_DISTANCE, "packets");
            Check.range(most, least, ReorderLimits.MAX_DISTANCE, "packets");
        }
    }

    /** Bounds of {@link Reorder}. */
    final class ReorderLimits {
        /** What switches and bonded links do, well inside any receiver's window: where nothing else is asked for. */
        public static final int USUAL_DISTANCE = 3;
        /** Beyond what any receiver's window holds. */
        public static final int MAX_DISTANCE = 4_096;

        private ReorderLimits() {}
    }

    /** Sends packets twice, the second at once after the first. */
    record Duplicate(double percent) implements Impairment {
        public Duplicate {
            Check.percent(percent);
        }
    }

    /** Delays every packet by the same time. */
    record Delay(double millis) implements Impairment {
        public Delay {
            Check.range(millis, 0, MAX_MILLIS, "ms");
        }
    }

    /**
     * Delays each packet by a time of its own.
     *
     * @param millis     see {@link Distribution}
     * @param keepsOrder whether a packet waits for those before it; otherwise it may overtake them
     */
    record Jitter(double millis, Distribution distribution, boolean keepsOrder) implements Impairment {
        public Jitter {
            Check.range(millis, 0, MAX_MILLIS, "ms");
        }
    }

    /**
     * Sends through a line of bounded rate with a queue before it, a token bucket: what would wait too long is dropped.
     *
     * @param megabits    per second, of RTP packets with 28 bytes of IPv4 and UDP headers each
     * @param queueMillis longest wait
     * @param burstBytes  that may go at once after a pause
     */
    record RateLimit(double megabits, double queueMillis, int burstBytes) implements Impairment {
        /** A common figure of routers: more is called bufferbloat. */
        public static final double USUAL_QUEUE_MILLIS = 100;
        public static final double MAX_MEGABITS = 100_000;
        public static final double MIN_MEGABITS = 0.001;
        private static final int MAX_BURST = 1 << 30;

        public RateLimit {
            Check.range(megabits, MIN_MEGABITS, MAX_MEGABITS, "Mbit/s");
            Check.range(queueMillis, 0, MAX_MILLIS, "ms");
            Check.range(burstBytes, 0, MAX_BURST, "bytes");
        }
    }

    /**
     * Flips bits. Exactly one of rate and percent is above 0.
     *
     * @param rate        of all bits, 0 to 0.01
     * @param percent     of the packets in which one bit is flipped
     * @param wholePacket whether headers are hit too; otherwise RTP's payload alone
     */
    record BitErrors(double rate, double percent, boolean wholePacket) implements Impairment {
        public BitErrors {
            Check.range(rate, 0, MAX_BIT_ERROR_RATE, "of the bits");
            Check.percent(percent);
        }
    }

    /**
     * Cuts packets.
     *
     * @param length bytes that are left; 0 for 1 to one less than all, by chance
     */
    record Truncate(double percent, int length) implements Impairment {
        public Truncate {
            Check.percent(percent);
            Check.range(length, 0, MAX_PACKET_LENGTH, "bytes");
        }
    }

    /** The camera's clock runs fast by so many millionths (slow where negative): it sends earlier than its timestamps say. */
    record Drift(double ppm) implements Impairment {
        public Drift {
            Check.range(ppm, -MAX_DRIFT_PPM, MAX_DRIFT_PPM, "ppm");
        }
    }

    /** Holds all packets until the phase is over, and then sends them at once. */
    record Stall() implements Impairment {}

    /** Sends nothing; the sequence goes on meanwhile. */
    record Silence() implements Impairment {}

    /** Happens once, where its phase begins. */
    sealed interface Event extends Impairment {}

    /** Another SSRC; sequence number and timestamp go on. */
    record SsrcChange() implements Event {}

    /** SSRC, sequence number and timestamp begin anew by chance, as those of a device that was switched off and on. */
    record Restart() implements Event {}

    /** @param ticks of the 90 kHz clock, to either side */
    record TimestampJump(int ticks) implements Event {}

    /** @param numbers left out, or gone back if negative */
    record SequenceJump(int numbers) implements Event {
        private static final int HALF = 32_768;

        public SequenceJump {
            Check.range(numbers, -HALF, HALF - 1, "sequence numbers");
        }
    }

    /** Refuses figures that make no sense, and says which do. */
    final class Check {

        private Check() {}

        static void percent(double value) {
            range(value, 0, ALL, "percent");
        }

        static void range(double value, double least, double most, String unit) {
            if (!(value >= least && value <= most)) {
                throw new IllegalArgumentException(text(value) + "; allowed are " + text(least) + " to " + text(most) + " " + unit);
            }
        }

        private static String text(double value) {
            return value == Math.rint(value) && Math.abs(value) < Integer.MAX_VALUE ? String.valueOf((long) value) : String.valueOf(value);
        }
    }
}
