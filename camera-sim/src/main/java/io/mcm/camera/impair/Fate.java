package io.mcm.camera.impair;

import io.mcm.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** What became of one packet of the source. The object is used again for a later packet. */
final class Fate {

    /** The packet itself and its duplicate. */
    static final int MAX_COPIES = 2;
    private static final int FEW = 8;

    private final RtpPacket view = new RtpPacket();
    private final Sent[] sent = {new Sent(), new Sent()};
    private long packet;
    private int channel;
    private int sequence;
    private int timestamp;
    private int ssrc;
    private int length;
    private boolean rtp;
    private long dueNanos;
    private int deeds;
    private int sentCount;
    private int underWay;
    private int[] flipped = new int[FEW];
    private int flippedCount;

    /** One copy as it left the chain. The header's figures are as sent, so with what bit errors made of them. */
    static final class Sent {
        long order;
        long dueNanos;
        int length;
        boolean rtp;
        int sequence;
        int timestamp;
        int ssrc;
    }

    void begin(long number, int channel, MemorySegment segment, long offset, int length, long dueNanos) {
        packet = number;
        this.channel = channel;
        this.length = length;
        this.dueNanos = dueNanos;
        rtp = isRtp(channel, segment, offset, length);
        if (rtp) {
            sequence = view.sequence();
            timestamp = view.timestamp();
            ssrc = view.ssrc();
        }
        deeds = 0;
        sentCount = 0;
        underWay = 1;
        flippedCount = 0;
    }

    /** Whether there is a header to read, damaged or not. */
    private boolean isRtp(int channel, MemorySegment segment, long offset, int length) {
        return channel % 2 == 0 && view.wrap(segment, offset, length) != RtpPacket.Validity.TOO_SHORT;
    }

    void note(ImpairCounter deed) {
        deeds |= 1 << deed.ordinal();
    }

    void flipped(int bit) {
        if (flippedCount == flipped.length) {
            flipped = Arrays.copyOf(flipped, 2 * flippedCount);
        }
        flipped[flippedCount++] = bit;
    }

    void copied() {
        underWay++;
    }

    void dropped() {
        underWay--;
    }

    void sent(long order, MemorySegment segment, long offset, int length, long dueNanos) {
        underWay--;
        Sent copy = sent[sentCount++];
        copy.order = order;
        copy.dueNanos = dueNanos;
        copy.length = length;
        copy.rtp = isRtp(channel, segment, offset, length);
        if (copy.rtp) {
            copy.sequence = view.sequence();
            copy.timestamp = view.timestamp();
            copy.ssrc = view.ssrc();
        }
    }

    /** Whether all copies have been sent or dropped. */
    boolean isSettled() {
        return underWay == 0;
    }

    boolean has(ImpairCounter deed) {
        return (deeds & 1 << deed.ordinal()) != 0;
    }

    /** Counted from 0 over all channels. */
    long packet() {
        return packet;
    }

    int channel() {
        return channel;
    }

    /** Whether sequence, timestamp and SSRC are those of an RTP header. */
    boolean rtp() {
        return rtp;
    }

    int sequence() {
        return sequence;
    }

    int timestamp() {
        return timestamp;
    }

    int ssrc() {
        return ssrc;
    }

    int length() {
        return length;
    }

    long dueNanos() {
        return dueNanos;
    }

    int sentCount() {
        return sentCount;
    }

    Sent sent(int n) {
        return sent[n];
    }

    int flippedCount() {
        return flippedCount;
    }

    /** Counted from the packet's first, most significant bit. */
    int flippedBit(int n) {
        return flipped[n];
    }
}
