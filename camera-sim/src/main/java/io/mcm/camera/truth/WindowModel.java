package io.mcm.camera.truth;

import io.mcm.rtp.RtpCounter;
import io.mcm.rtp.Sequence;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;

/** One source's packets put back in order, as plainly as can be: held ones in a sorted map, all delivered numbers in a set. */
final class WindowModel {

    private final ReceiverBounds bounds;
    private final Reception reception;
    private final TreeMap<Long, Truth.Sent> held = new TreeMap<>();
    private final Set<Long> delivered = new HashSet<>();
    private boolean started;
    private long next;
    private long highest;
    /** What may be the first packet of a sequence that begins anew. */
    private Truth.Sent leap;

    WindowModel(ReceiverBounds bounds, Reception reception) {
        this.bounds = bounds;
        this.reception = reception;
    }

    void accept(Truth.Sent packet) {
        giveUpUntil(packet.dueNanos());
        if (!started) {
            started = true;
            next = packet.header().sequence();
            highest = next - 1;
        }
        long sequence = Sequence.extend(next, packet.header().sequence());
        if (sequence - next >= bounds.dropout() || next - sequence > bounds.misorder()) {
            leap(packet);
        } else if (sequence < next) {
            reception.count(delivered.contains(sequence) ? RtpCounter.DUPLICATED : RtpCounter.LATE, 1);
        } else if (held.containsKey(sequence)) {
            reception.count(RtpCounter.DUPLICATED, 1);
        } else {
            take(packet, sequence);
        }
    }

    private void take(Truth.Sent packet, long sequence) {
        if (sequence == next) {
            dropLeap();
        }
        while (sequence - next >= bounds.windowPackets()) {
            skipTo(Math.min(held.isEmpty() ? Long.MAX_VALUE : held.firstKey(), sequence - bounds.windowPackets() + 1));
        }
        reception.count(RtpCounter.REORDERED, sequence < highest ? 1 : 0);
        highest = Math.max(highest, sequence);
        held.put(sequence, packet);
        drain();
    }

    private void giveUpUntil(long nanos) {
        while (held.values().stream().anyMatch(waiting -> nanos - waiting.dueNanos() >= bounds.windowNanos())) {
            skipTo(held.firstKey());
        }
    }

    private void skipTo(long sequence) {
        if (sequence > next) {
            reception.count(RtpCounter.LOST, sequence - next);
            reception.interrupt();
            next = sequence;
        }
        drain();
    }

    private void drain() {
        while (held.containsKey(next)) {
            reception.deliver(held.remove(next));
            delivered.add(next++);
        }
    }

    private void leap(Truth.Sent packet) {
        if (leap == null || packet.header().sequence() != Sequence.next(leap.header().sequence())) {
            dropLeap();
            leap = packet;
            return;
        }
        Truth.Sent first = leap;
        leap = null;
        end();
        reception.count(RtpCounter.RESTART, 1);
        accept(first);
        accept(packet);
    }

    private void dropLeap() {
        reception.count(RtpCounter.STRAY, leap == null ? 0 : 1);
        leap = null;
    }

    void end() {
        while (!held.isEmpty()) {
            skipTo(held.firstKey());
        }
        dropLeap();
        delivered.clear();
        started = false;
        reception.interrupt();
    }

    /** The 16 bits that go on where the highest one stopped. */
    boolean continues(Truth.Sent packet) {
        return started && packet.header().sequence() == Sequence.next((int) highest);
    }
}
