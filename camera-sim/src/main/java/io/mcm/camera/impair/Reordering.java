package io.mcm.camera.impair;

import io.mcm.camera.TimedPacketSink;
import java.lang.foreign.MemorySegment;

/** {@link Impairment.Reorder}. */
final class Reordering extends Stage {

    /** Packets held at a time: what 1 percent of a 4K camera's pictures with the largest distance need. */
    static final int MAX_HELD = 256;
    private static final int DISTANCE = 1;

    private final Schedule<Impairment.Reorder> schedule;
    private final Chance chance;
    /** The first {@code count} wait, in the order they came. */
    private final Held[] held = new Held[MAX_HELD];
    private int count;
    private long lastDue;

    Reordering(Impairments impairments, Ledger ledger, TimedPacketSink next) {
        super(ledger, next);
        schedule = impairments.schedule(Impairment.Reorder.class);
        chance = new Chance(impairments.seed(), "reorder");
    }

    @Override
    public void packet(int channel, MemorySegment segment, long offset, int length, long dueNanos) {
        lastDue = dueNanos;
        Impairment.Reorder reorder = schedule.at(dueNanos);
        if (reorder == null || !chance.percent(reorder.percent(), ledger.packet())) {
            next.packet(channel, segment, offset, length, dueNanos);
            overtake(count);
        } else if (count == MAX_HELD) {
            ledger.drop(ImpairCounter.NOT_HELD);
        } else {
            ledger.note(ImpairCounter.REORDERED);
            int distance = reorder.least() + chance.below(reorder.most() - reorder.least() + 1, ledger.packet(), DISTANCE);
            hold(channel, segment, offset, length, distance);
        }
    }

    private void hold(int channel, MemorySegment segment, long offset, int length, int distance) {
        Held place = held[count] == null ? new Held() : held[count];
        place.keep(ledger, channel, segment, offset, length);
        place.behind = distance;
        held[count++] = place;
    }

    /** A packet went on that came after the first {@code earlier} held ones; each that has waited enough goes too, and overtakes in turn. */
    private void overtake(int earlier) {
        step(earlier);
        // The earliest first: the others did not overtake it.
        for (int ready = firstReady(); ready < count; ready = firstReady()) {
            go(ready);
            step(ready);
        }
    }

    private void step(int earlier) {
        for (int i = 0; i < earlier; i++) {
            held[i].behind--;
        }
    }

    private int firstReady() {
        int i = 0;
        while (i < count && held[i].behind > 0) {
            i++;
        }
        return i;
    }

    private void go(int index) {
        Held going = held[index];
        System.arraycopy(held, index + 1, held, index, count - index - 1);
        held[--count] = going;
        ledger.resume(going.fate, going.copy);
        next.packet(going.channel, going.bytes, 0, going.length, lastDue);
    }

    /** Whoever would overtake them does not come any more. */
    @Override
    void release() {
        while (count > 0) {
            go(0);
        }
    }
}
