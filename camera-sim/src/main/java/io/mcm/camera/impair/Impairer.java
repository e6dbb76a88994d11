package io.mcm.camera.impair;

import io.mcm.camera.TimedPacketSink;
import io.mcm.metric.Counters;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * What a bad camera and a bad network do to packets: a chain of stages, of which only those are there that have something to do.
 *
 * <pre>
 *   source -> burst loss -> silence -> loss -> numbers -> bit errors -> truncation -> reordering -> duplication -> drift
 *          -> delay line (stall, rate limit, delay, jitter) -> next
 * </pre>
 *
 * <p>Packets leave in the order of their times. They are not sent before their time in the source, but for a clock that runs fast.
 */
public final class Impairer implements TimedPacketSink {

    /** Makes one stage of the chain. */
    private interface Maker {

        Stage make(Impairments impairments, Ledger ledger, TimedPacketSink next);
    }

    private record Link(Class<? extends Impairment> kind, Maker maker) {}

    /** The last of the chain first. */
    private static final List<Link> LINKS = List.of(
        new Link(Impairment.Drift.class, ClockDrift::new),
        new Link(Impairment.Duplicate.class, Duplication::new),
        new Link(Impairment.Reorder.class, Reordering::new),
        new Link(Impairment.Truncate.class, Truncation::new),
        new Link(Impairment.BitErrors.class, BitFlipper::new),
        new Link(Impairment.Event.class, Renumbering::new),
        new Link(Impairment.Loss.class, RandomLoss::new),
        new Link(Impairment.Silence.class, Silencer::new),
        new Link(Impairment.BurstLoss.class, BurstLosses::new));

    private final Ledger ledger;
    private final TimeLine timeLine;
    private final TimedPacketSink first;

    public Impairer(Impairments impairments, TimedPacketSink next) {
        this(impairments, Chronicle.NONE, next);
    }

    /** @param truth where the ground truth goes, see {@link TruthWriter}; not closed */
    public Impairer(Impairments impairments, OutputStream truth, TimedPacketSink next) {
        this(impairments, new TruthWriter(truth, impairments.seed()), next);
    }

    private Impairer(Impairments impairments, Chronicle chronicle, TimedPacketSink next) {
        ledger = new Ledger(chronicle);
        timeLine = new TimeLine(impairments, ledger);
        TimedPacketSink stage = new Outlet(ledger, next);
        List<PacketDelay> delays = delays(impairments);
        if (!delays.isEmpty()) {
            stage = new DelayLine(delays, ledger, stage);
        }
        for (Link link : LINKS) {
            stage = impairments.has(link.kind()) ? link.maker().make(impairments, ledger, stage) : stage;
        }
        first = stage;
    }

    private List<PacketDelay> delays(Impairments impairments) {
        List<PacketDelay> delays = new ArrayList<>();
        if (impairments.has(Impairment.Stall.class)) {
            delays.add(new StallDelay(impairments, ledger));
        }
        if (impairments.has(Impairment.RateLimit.class)) {
            delays.add(new LimitedRate(impairments, ledger));
        }
        if (impairments.has(Impairment.Delay.class)) {
            delays.add(new ConstantDelay(impairments, ledger));
        }
        if (impairments.has(Impairment.Jitter.class)) {
            delays.add(new JitterDelay(impairments, ledger));
        }
        return List.copyOf(delays);
    }

    @Override
    public void packet(int channel, MemorySegment segment, long offset, int length, long dueNanos) {
        timeLine.advanceTo(dueNanos);
        ledger.begin(channel, segment, offset, length, dueNanos);
        first.packet(channel, segment, offset, length, dueNanos);
        ledger.settle();
    }

    /** Sends what is held, and ends the ground truth. */
    @Override
    public void end() {
        first.end();
        ledger.end();
    }

    @Override
    public boolean isStopped() {
        return first.isStopped();
    }

    public Counters<ImpairCounter> counters() {
        return ledger.counters();
    }
}
