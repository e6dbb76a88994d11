package io.mcm.camera.impair;

import io.mcm.camera.TimedPacketSink;
import io.mcm.rtp.RtpPacket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The {@link Impairment.Event}s: from each on, packets carry other numbers. All streams change by the same distance, so that streams that
 * differ still do.
 */
final class Renumbering extends Stage {

    private static final int SSRC = 0;
    private static final int SEQUENCE = 1;
    private static final int TIMESTAMP = 2;

    private final List<Phase> events;
    private final Chance chance;
    private final RtpPacket view = new RtpPacket();
    private final MemorySegment renumbered = Arena.ofAuto().allocate(Impairment.MAX_PACKET_LENGTH);
    private int happened;
    private int ssrcMask;
    private int sequenceOffset;
    private int timestampOffset;

    Renumbering(Impairments impairments, Ledger ledger, TimedPacketSink next) {
        super(ledger, next);
        events = impairments.events();
        chance = new Chance(impairments.seed(), "restart");
    }

    @Override
    public void packet(int channel, MemorySegment segment, long offset, int length, long dueNanos) {
        while (happened < events.size() && events.get(happened).fromNanos() <= dueNanos) {
            happen(events.get(happened));
            happened++;
        }
        if (happened == 0 || channel % 2 != 0 || !view.wrap(segment, offset, length).isPacket()) {
            next.packet(channel, segment, offset, length, dueNanos);
            return;
        }
        ledger.note(ImpairCounter.RENUMBERED);
        MemorySegment.copy(segment, offset, renumbered, 0, length);
        RtpPacket.writeSequence(renumbered, 0, view.sequence() + sequenceOffset);
        RtpPacket.writeTimestamp(renumbered, 0, view.timestamp() + timestampOffset);
        RtpPacket.writeSsrc(renumbered, 0, view.ssrc() ^ ssrcMask);
        next.packet(channel, renumbered, 0, length, dueNanos);
    }

    private void happen(Phase phase) {
        switch ((Impairment.Event) phase.impairment()) {
            case Impairment.SsrcChange _ -> {
                ledger.count(ImpairCounter.SSRC_CHANGE);
                ssrcMask ^= fresh(SSRC);
            }
            case Impairment.Restart _ -> {
                ledger.count(ImpairCounter.RESTART);
                ssrcMask ^= fresh(SSRC);
                sequenceOffset += fresh(SEQUENCE);
                timestampOffset += fresh(TIMESTAMP);
            }
            case Impairment.TimestampJump jump -> {
                ledger.count(ImpairCounter.TIMESTAMP_JUMP);
                timestampOffset += jump.ticks();
            }
            case Impairment.SequenceJump jump -> {
                ledger.count(ImpairCounter.SEQUENCE_JUMP);
                sequenceOffset += jump.numbers();
            }
        }
    }

    /** Never 0: an SSRC that stays is no change. */
    private int fresh(int what) {
        return (int) chance.bits(happened, what) | 1;
    }
}
