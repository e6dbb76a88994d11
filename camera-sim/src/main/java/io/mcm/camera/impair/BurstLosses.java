package io.mcm.camera.impair;

import io.mcm.camera.TimedPacketSink;
import java.lang.foreign.MemorySegment;

/** {@link Impairment.BurstLoss}. The first of the chain, so that it sees every packet: its state depends on all before. */
final class BurstLosses extends Stage {

    private static final int STEP = 0;
    private static final int LOSE = 1;

    private final Schedule<Impairment.BurstLoss> schedule;
    private final Chance chance;
    private boolean bad;

    BurstLosses(Impairments impairments, Ledger ledger, TimedPacketSink next) {
        super(ledger, next);
        schedule = impairments.schedule(Impairment.BurstLoss.class);
        chance = new Chance(impairments.seed(), "burst-loss");
    }

    @Override
    public void packet(int channel, MemorySegment segment, long offset, int length, long dueNanos) {
        Impairment.BurstLoss loss = schedule.at(dueNanos);
        if (loss != null && loses(loss)) {
            ledger.drop(ImpairCounter.BURST_LOST);
        } else {
            bad &= loss != null;
            next.packet(channel, segment, offset, length, dueNanos);
        }
    }

    private boolean loses(Impairment.BurstLoss loss) {
        bad ^= falls(STEP, bad ? loss.toGood() : loss.toBad());
        return falls(LOSE, bad ? loss.inBad() : loss.inGood());
    }

    private boolean falls(int n, double percent) {
        return chance.uniform(ledger.packet(), n) * Impairment.ALL < percent;
    }
}
