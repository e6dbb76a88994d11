package io.mcm.rtp;

/**
 * What a report block says of a source, by the algorithms of RFC 3550 appendices A.1 (sequence), A.3 (loss) and A.8 (jitter), in whole
 * numbers. Fed with every packet of the source as it arrives: before the reorder window, duplicates and late ones included, as A.3 asks.
 */
public final class ReceptionStatistics {

    private static final int SEQUENCE_MODULUS = 1 << 16;
    /** No sequence number follows this one: A.1's {@code RTP_SEQ_MOD + 1}. */
    private static final int NO_SEQUENCE = SEQUENCE_MODULUS + 1;
    private static final int FRACTION_BITS = 8;
    /** A.3: "Since this signed number is carried in 24 bits, it should be clamped". */
    private static final int MAX_LOST = 0x7f_ffff;
    private static final int MIN_LOST = -0x80_0000;
    /** A.8: the estimate is kept with 4 more bits, its gain is 1/16. */
    private static final int JITTER_SHIFT = 4;
    private static final int JITTER_ROUNDING = 8;

    private boolean started;
    private int maxSequence;
    private long cycles;
    private int baseSequence;
    private int badSequence;
    private long received;
    private long receivedPrior;
    private long expectedPrior;
    private int transit;
    private boolean hasTransit;
    private long jitter;

    /** Forgets everything: the next packet is a new source's first. */
    void reset() {
        started = false;
    }

    void received(int sequence, int timestamp, long arrivalNanos) {
        if (!started) {
            started = true;
            start(sequence);
        }
        if (takes(sequence)) {
            received++;
            measureJitter(timestamp, arrivalNanos);
        }
    }

    /** A.1 {@code init_seq}. */
    private void start(int sequence) {
        baseSequence = sequence;
        maxSequence = sequence;
        badSequence = NO_SEQUENCE;
        cycles = 0;
        received = 0;
        receivedPrior = 0;
        expectedPrior = 0;
        jitter = 0;
        hasTransit = false;
    }

    /** A.1 {@code update_seq}, without its probation, which {@link Sources} has done. */
    private boolean takes(int sequence) {
        int ahead = sequence - maxSequence & SEQUENCE_MODULUS - 1;
        if (ahead < ReorderWindow.MAX_DROPOUT) {
            if (sequence < maxSequence) {
                cycles += SEQUENCE_MODULUS;
            }
            maxSequence = sequence;
        } else if (ahead <= SEQUENCE_MODULUS - ReorderWindow.MAX_MISORDER) {
            if (sequence != badSequence) {
                badSequence = Sequence.next(sequence);
                return false;
            }
            start(sequence);
        }
        return true;
    }

    /** A.8. */
    private void measureJitter(int timestamp, long arrivalNanos) {
        int before = transit;
        transit = (int) ClockRate.ticks(arrivalNanos) - timestamp;
        if (hasTransit) {
            long difference = Math.abs((long) (transit - before));
            jitter += difference - (jitter + JITTER_ROUNDING >> JITTER_SHIFT);
        }
        hasTransit = true;
    }

    /** Whether there is anything to report. */
    public boolean hasPackets() {
        return started;
    }

    /** The highest sequence number with its wraps counted. */
    public long extendedHighest() {
        return cycles + maxSequence;
    }

    /** Packets from the first to the highest. */
    public long expected() {
        return started ? extendedHighest() - baseSequence + 1 : 0;
    }

    /** Packets that arrived, duplicates included. */
    public long received() {
        return started ? received : 0;
    }

    /** Expected less received, -2^23 to 2^23-1: negative where there were more duplicates than losses. */
    public int cumulativeLost() {
        return Math.clamp(expected() - received(), MIN_LOST, MAX_LOST);
    }

    /** In ticks of the media clock. */
    public int jitter() {
        return started ? (int) (jitter >> JITTER_SHIFT) : 0;
    }

    /** Ends an interval, and says what of it was lost, in 1/256: 0 to 255, 0 where more came than was expected (A.3). */
    public int takeFractionLost() {
        long expectedNow = expected();
        long interval = expectedNow - expectedPrior;
        long lost = interval - (received() - receivedPrior);
        expectedPrior = expectedNow;
        receivedPrior = received();
        // All of an interval lost is 256/256, which eight bits cannot say.
        return interval <= 0 || lost <= 0 ? 0 : (int) Math.min(0xff, (lost << FRACTION_BITS) / interval);
    }
}
