package io.mcm.camera.source;

import io.mcm.rtp.RtpPacket;
import io.mcm.rtp.Sequence;

/**
 * How far the sequence number, the timestamp and the time of one source go in one pass, so that the next pass goes on where it ended.
 */
final class LoopSeam {

    /** Ticks of a frame where only one was seen: 25 frames a second. */
    static final int DEFAULT_FRAME_TICKS = 3_600;

    private static final int NONE = Integer.MAX_VALUE;

    private final int ssrc;
    private final int firstSequence;
    private final int firstTimestamp;
    private long highestSequence;
    private int highestTimestamp;
    private int lastTimestamp;
    private int shortestStep = NONE;

    LoopSeam(RtpPacket first) {
        ssrc = first.ssrc();
        firstSequence = first.sequence();
        firstTimestamp = first.timestamp();
        highestSequence = firstSequence;
        highestTimestamp = firstTimestamp;
        lastTimestamp = firstTimestamp;
    }

    int ssrc() {
        return ssrc;
    }

    void add(RtpPacket packet) {
        highestSequence = Math.max(highestSequence, Sequence.extend(highestSequence, packet.sequence()));
        int timestamp = packet.timestamp();
        if (timestamp - highestTimestamp > 0) {
            highestTimestamp = timestamp;
        }
        int step = Math.abs(timestamp - lastTimestamp);
        if (step > 0) {
            shortestStep = Math.min(shortestStep, step);
        }
        lastTimestamp = timestamp;
    }

    /** Sequence numbers of one pass. */
    int sequences() {
        return (int) (highestSequence - firstSequence + 1);
    }

    /** Timestamp ticks of one pass: to its last frame and one frame more. */
    int ticks() {
        return highestTimestamp - firstTimestamp + (shortestStep == NONE ? DEFAULT_FRAME_TICKS : shortestStep);
    }
}
