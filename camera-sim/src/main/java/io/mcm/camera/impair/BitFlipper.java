package io.mcm.camera.impair;

import io.mcm.camera.TimedPacketSink;
import io.mcm.rtp.RtpPacket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** {@link Impairment.BitErrors}. */
final class BitFlipper extends Stage {

    private static final int HIGHEST_BIT = 0x80;

    private final Schedule<Impairment.BitErrors> schedule;
    private final Chance chance;
    private final RtpPacket view = new RtpPacket();
    private final MemorySegment damaged = Arena.ofAuto().allocate(Impairment.MAX_PACKET_LENGTH);

    BitFlipper(Impairments impairments, Ledger ledger, TimedPacketSink next) {
        super(ledger, next);
        schedule = impairments.schedule(Impairment.BitErrors.class);
        chance = new Chance(impairments.seed(), "bit-errors");
    }

    @Override
    public void packet(int channel, MemorySegment segment, long offset, int length, long dueNanos) {
        Impairment.BitErrors errors = schedule.at(dueNanos);
        int start = errors == null ? length : firstByte(errors, channel, segment, offset, length);
        int bits = (length - start) * Byte.SIZE;
        int first = bits == 0 ? bits : firstError(errors, bits);
        if (first >= bits) {
            next.packet(channel, segment, offset, length, dueNanos);
            return;
        }
        ledger.note(ImpairCounter.BIT_ERRORS);
        MemorySegment.copy(segment, offset, damaged, 0, length);
        flip(errors, start * Byte.SIZE, first, bits);
        next.packet(channel, damaged, 0, length, dueNanos);
    }

    /** Where there is no payload, as in RTCP, nothing is hit but what may be hit as a whole. */
    private int firstByte(Impairment.BitErrors errors, int channel, MemorySegment segment, long offset, int length) {
        if (errors.wholePacket()) {
            return 0;
        }
        boolean rtp = channel % 2 == 0 && view.wrap(segment, offset, length).isPacket();
        return rtp ? (int) (view.payloadStart() - offset) : length;
    }

    private int firstError(Impairment.BitErrors errors, int bits) {
        if (errors.rate() > 0) {
            return gap(errors.rate(), 0);
        }
        return chance.percent(errors.percent(), ledger.packet()) ? chance.below(bits, ledger.packet(), 1) : bits;
    }

    private void flip(Impairment.BitErrors errors, int from, int first, int bits) {
        long at = first;
        for (int n = 1; at < bits; n++) {
            int bit = from + (int) at;
            byte there = damaged.get(ValueLayout.JAVA_BYTE, bit / Byte.SIZE);
            damaged.set(ValueLayout.JAVA_BYTE, bit / Byte.SIZE, (byte) (there ^ HIGHEST_BIT >> bit % Byte.SIZE));
            ledger.flip(bit);
            at = errors.rate() > 0 ? at + 1 + gap(errors.rate(), n) : bits;
        }
    }

    /** Good bits before the next error: geometric. */
    private int gap(double rate, int n) {
        return (int) (Math.log(1 - chance.uniform(ledger.packet(), n)) / Math.log1p(-rate));
    }
}
