package io.mcm.camera.impair;

import io.mcm.camera.TimedPacketSink;
import io.mcm.metric.Counters;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.random.RandomGenerator;

/** Loses, doubles and delays packets by chance. One packet at most is held back at a time. */
public final class Impairer implements TimedPacketSink {

    private static final int MAX_PACKET_LENGTH = 65_535;
    /** How many later packets overtake one at most: what switches and bonded links do, well inside any receiver's window. */
    private static final int MAX_OVERTAKERS = 3;
    private static final double PERCENT = 100;

    private final Impairments impairments;
    private final RandomGenerator random;
    private final TimedPacketSink next;
    private final Counters<ImpairCounter> counters = new Counters<>(ImpairCounter.class);
    private final MemorySegment held = Arena.ofAuto().allocate(MAX_PACKET_LENGTH);
    private int heldChannel;
    private int heldLength;
    private int overtakers;
    private long lastDue;

    public Impairer(Impairments impairments, RandomGenerator random, TimedPacketSink next) {
        this.impairments = impairments;
        this.random = random;
        this.next = next;
    }

    @Override
    public void packet(int channel, MemorySegment segment, long offset, int length, long dueNanos) {
        lastDue = dueNanos;
        // The same draws for every packet, so that changing one percentage leaves the other choices as they were.
        boolean lose = chance(impairments.loss());
        boolean delay = chance(impairments.reorder());
        boolean twice = chance(impairments.duplicate());
        int behind = 1 + random.nextInt(MAX_OVERTAKERS);
        if (lose) {
            counters.increment(ImpairCounter.LOST);
        } else if (delay && overtakers == 0) {
            hold(channel, segment, offset, length, behind);
        } else {
            pass(channel, segment, offset, length, twice);
            overtaken();
        }
    }

    private void pass(int channel, MemorySegment segment, long offset, int length, boolean twice) {
        next.packet(channel, segment, offset, length, lastDue);
        if (twice) {
            counters.increment(ImpairCounter.DUPLICATED);
            next.packet(channel, segment, offset, length, lastDue);
        }
    }

    private void hold(int channel, MemorySegment segment, long offset, int length, int behind) {
        counters.increment(ImpairCounter.REORDERED);
        MemorySegment.copy(segment, offset, held, 0, length);
        heldChannel = channel;
        heldLength = length;
        overtakers = behind;
    }

    private void overtaken() {
        if (overtakers > 0 && --overtakers == 0) {
            next.packet(heldChannel, held, 0, heldLength, lastDue);
        }
    }

    private boolean chance(double percent) {
        return random.nextDouble() * PERCENT < percent;
    }

    @Override
    public void end() {
        overtakers = Math.min(overtakers, 1);
        overtaken();
        next.end();
    }

    @Override
    public boolean isStopped() {
        return next.isStopped();
    }

    public Counters<ImpairCounter> counters() {
        return counters;
    }
}
