package io.mcm.camera.pace;

import io.mcm.camera.TimedPacketSink;
import io.mcm.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Spreads each picture's packets as a {@link Shape} says: at once, or evenly until the next picture. Holds a picture until the next one begins, and
 * what comes after it on other channels, so that packets leave in order of their times. RTCP keeps its own time.
 */
public final class Shaper implements TimedPacketSink {

    /** A picture is spread over no more: slower cameras than 5 pictures a second, and pauses, do not stretch their pictures. */
    static final long LONGEST_SPREAD_NANOS = 200_000_000;
    /** What is held at most of one picture; the rest of a larger one is taken for another. */
    static final int MAX_PICTURE_BYTES = 16 << 20;

    private final boolean smooth;
    private final TimedPacketSink next;
    /** By channel; null where none came yet. */
    private final List<Picture> pictures = new ArrayList<>();
    private final RtpPacket packet = new RtpPacket();
    private long lastDue;

    private Shaper(boolean smooth, TimedPacketSink next) {
        this.smooth = smooth;
        this.next = next;
    }

    /** The stage before {@code next}; {@code next} itself where nothing is to be done. */
    public static TimedPacketSink of(Shape shape, TimedPacketSink next) {
        return shape == Shape.CAPTURE ? next : new Shaper(shape == Shape.SMOOTH, next);
    }

    /** Packets of one channel: a complete picture with its new times, of which some may have been handed on, and the one that grows. */
    private static final class Picture {

        private final HeldPackets ready = new HeldPackets();
        private final HeldPackets growing = new HeldPackets();
        private int timestamp;
        private int handed;

        /** Nothing that comes later is due before this. */
        private long earliest(long now) {
            return handed < ready.count() ? ready.due(handed) : growing.isEmpty() ? now : growing.due(0);
        }
    }

    @Override
    public void packet(int channel, MemorySegment segment, long offset, int length, long dueNanos) {
        for (int i = 0; i < pictures.size(); i++) {
            completeOverdue(pictures.get(i), dueNanos);
        }
        Picture picture = pictureOf(channel);
        if ((channel & 1) != 0 || !packet.wrap(segment, offset, length).isPacket()) {
            complete(picture, dueNanos);
            picture.ready.add(channel, segment, offset, length, dueNanos);
        } else {
            if (packet.timestamp() != picture.timestamp || picture.growing.bytes() > MAX_PICTURE_BYTES) {
                complete(picture, dueNanos);
            }
            picture.timestamp = packet.timestamp();
            picture.growing.add(channel, segment, offset, length, dueNanos);
        }
        handOn(dueNanos);
    }

    /** A stream that pauses or ends must not hold the others up. */
    private void completeOverdue(Picture picture, long now) {
        if (!picture.growing.isEmpty() && now - picture.growing.due(0) > LONGEST_SPREAD_NANOS) {
            complete(picture, now);
        }
    }

    private Picture pictureOf(int channel) {
        while (pictures.size() <= channel) {
            pictures.add(new Picture());
        }
        return pictures.get(channel);
    }

    /** The next picture begins at {@code end}: the one that grew gets its times. */
    private void complete(Picture picture, long end) {
        HeldPackets grown = picture.growing;
        if (grown.isEmpty()) {
            return;
        }
        long begin = grown.due(0);
        long spread = smooth ? Math.min(end - begin, LONGEST_SPREAD_NANOS) : 0;
        for (int i = 0; i < grown.count(); i++) {
            picture.ready.add(grown.channel(i), grown.segment(), grown.offset(i), grown.length(i), begin + i * spread / grown.count());
        }
        grown.removeFirst(grown.count());
    }

    /** What is due before anything that may still come. */
    private void handOn(long now) {
        while (true) {
            Picture first = null;
            long earliest = Long.MAX_VALUE;
            for (int i = 0; i < pictures.size(); i++) {
                long due = pictures.get(i).earliest(now);
                if (due < earliest) {
                    earliest = due;
                    first = pictures.get(i);
                }
            }
            if (first == null || first.handed == first.ready.count()) {
                return;
            }
            hand(first);
        }
    }

    private void hand(Picture picture) {
        HeldPackets ready = picture.ready;
        int i = picture.handed++;
        lastDue = Math.max(lastDue, ready.due(i));
        next.packet(ready.channel(i), ready.segment(), ready.offset(i), ready.length(i), lastDue);
        if (picture.handed == ready.count()) {
            ready.removeFirst(ready.count());
            picture.handed = 0;
        }
    }

    @Override
    public void end() {
        long end = pictures.stream().filter(picture -> !picture.growing.isEmpty())
            .mapToLong(picture -> picture.growing.due(picture.growing.count() - 1)).max().orElse(lastDue);
        pictures.forEach(picture -> complete(picture, end));
        handOn(Long.MAX_VALUE);
        next.end();
    }

    @Override
    public boolean isStopped() {
        return next.isStopped();
    }
}
