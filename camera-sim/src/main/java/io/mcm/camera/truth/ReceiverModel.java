package io.mcm.camera.truth;

import io.mcm.rtp.RtpCounter;
import io.mcm.rtp.RtpPacket;
import io.mcm.rtp.Sequence;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes from the ground truth what a receiver counts and delivers that takes sources one after the other without a pause. It is written
 * from what a receiver must do, not for speed.
 *
 * <p>Not for streams in which bits of headers were flipped, nor in which packets of one source arrive after those of the next: what a
 * receiver makes of these cannot be said from the ground truth alone.
 */
public final class ReceiverModel {

    private final Reception reception = new Reception();
    private final WindowModel window;
    private boolean selected;
    private int ssrc;
    /** Packets of another source, of which no two in sequence have come yet. */
    private final List<Truth.Sent> candidate = new ArrayList<>();

    private ReceiverModel(ReceiverBounds bounds) {
        window = new WindowModel(bounds, reception);
    }

    /** @param channel even: RTP */
    public static Reception of(Truth truth, int channel, ReceiverBounds bounds) {
        ReceiverModel model = new ReceiverModel(bounds);
        truth.sent(channel).forEach(model::accept);
        return model.end();
    }

    private void accept(Truth.Sent packet) {
        if (packet.length() < RtpPacket.FIXED_HEADER_LENGTH) {
            reception.count(RtpCounter.TOO_SHORT, 1);
        } else if (!selected || packet.header().ssrc() == ssrc) {
            dropCandidate();
            select(packet.header().ssrc());
            pass(packet);
        } else if (candidate.isEmpty() && window.continues(packet)) {
            reception.count(RtpCounter.SSRC_CONTINUED, 1);
            select(packet.header().ssrc());
            pass(packet);
        } else {
            consider(packet);
        }
    }

    private void select(int source) {
        selected = true;
        ssrc = source;
    }

    private void consider(Truth.Sent packet) {
        Truth.Sent last = candidate.isEmpty() ? null : candidate.getLast();
        if (last != null && last.header().ssrc() != packet.header().ssrc()) {
            if (packet.dueNanos() == last.dueNanos()) {
                reception.count(RtpCounter.FOREIGN_SSRC, 1);
                return;
            }
            dropCandidate();
            last = null;
        }
        candidate.add(packet);
        if (last != null && packet.header().sequence() == Sequence.next(last.header().sequence())) {
            succeed();
        }
    }

    private void succeed() {
        window.end();
        reception.count(RtpCounter.SOURCE_CHANGE, 1);
        select(candidate.getFirst().header().ssrc());
        candidate.forEach(this::pass);
        candidate.clear();
    }

    private void pass(Truth.Sent packet) {
        reception.count(RtpCounter.PACKETS, 1);
        reception.count(RtpCounter.BYTES, packet.length());
        window.accept(packet);
    }

    private void dropCandidate() {
        reception.count(RtpCounter.FOREIGN_SSRC, candidate.size());
        candidate.clear();
    }

    private Reception end() {
        window.end();
        dropCandidate();
        return reception;
    }
}
