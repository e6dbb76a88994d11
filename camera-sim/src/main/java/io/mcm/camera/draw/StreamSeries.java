package io.mcm.camera.draw;

import io.mcm.capture.CaptureException;
import io.mcm.capture.RtpPacketReader;
import io.mcm.capture.StreamSelection;
import io.mcm.metric.Counters;
import io.mcm.rtp.ReorderWindow;
import io.mcm.rtp.RtpCounter;
import io.mcm.rtp.RtpPacket;
import io.mcm.rtp.RtpSink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The figures of one stream that a picture is made of, 13 bytes a packet. Times are nanoseconds since its first packet. */
final class StreamSeries {

    private static final int FIRST_CAPACITY = 4_096;
    private static final UnitColour[] COLOURS = UnitColour.values();

    /** So many packets are missing before this time. */
    record Gap(long nanos, int packets) {}

    /** All packets of one timestamp: RTP payload bytes, and whether an IDR slice is among them. */
    record Picture(long nanos, long bytes, boolean idr) {}

    private final List<Gap> gaps = new ArrayList<>();
    private final List<Picture> pictures = new ArrayList<>();
    private long[] nanos = new long[FIRST_CAPACITY];
    private int[] lengths = new int[FIRST_CAPACITY];
    private byte[] colours = new byte[FIRST_CAPACITY];
    private int count;
    private long origin;
    private int ssrc;
    private int timestamp;
    private long pictureStart;
    private long pictureBytes;
    private boolean pictureIdr;

    private StreamSeries() {}

    /** Reads to the capture's end, or to where it is damaged. */
    static StreamSeries read(Path capture, StreamSelection selection) throws CaptureException {
        StreamSeries series = new StreamSeries();
        Gaps gaps = series.new Gaps();
        ReorderWindow window = new ReorderWindow(ReorderWindow.DEFAULT_PACKETS, ReorderWindow.DEFAULT_NANOS,
            new Counters<>(RtpCounter.class), gaps);
        try (RtpPacketReader reader = RtpPacketReader.open(capture, selection)) {
            while (next(reader)) {
                if (series.count > 0 && reader.packet().ssrc() != series.ssrc) {
                    window.flush();
                }
                series.add(reader.packet(), reader.arrivalNanos());
                window.accept(reader.packet(), reader.arrivalNanos());
            }
        }
        window.flush();
        series.endPicture();
        return series;
    }

    private static boolean next(RtpPacketReader reader) {
        try {
            return reader.next();
        } catch (CaptureException _) {
            // The command tells it; what came before is drawn.
            return false;
        }
    }

    private void add(RtpPacket packet, long arrival) {
        if (count == 0) {
            origin = arrival;
        }
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
            lengths = Arrays.copyOf(lengths, 2 * count);
            colours = Arrays.copyOf(colours, 2 * count);
        }
        ssrc = packet.ssrc();
        UnitColour colour = UnitColour.of(packet);
        if (count == 0 || packet.timestamp() != timestamp) {
            endPicture();
            timestamp = packet.timestamp();
            pictureStart = arrival - origin;
        }
        pictureBytes += packet.payloadLength();
        pictureIdr |= colour == UnitColour.IDR_SLICE;
        nanos[count] = arrival - origin;
        lengths[count] = packet.length();
        colours[count] = (byte) colour.ordinal();
        count++;
    }

    private void endPicture() {
        if (pictureBytes > 0) {
            pictures.add(new Picture(pictureStart, pictureBytes, pictureIdr));
        }
        pictureBytes = 0;
        pictureIdr = false;
    }

    /** Notes what is missing when the packet after it comes. */
    private final class Gaps implements RtpSink {

        private int missing;

        @Override
        public void packet(RtpPacket packet, long extendedSequence, long arrivalNanos) {
            if (missing > 0) {
                gaps.add(new Gap(arrivalNanos - origin, missing));
                missing = 0;
            }
        }

        @Override
        public void lost(int packets) {
            missing += packets;
        }

        @Override
        public void end() {
            missing = 0;
        }
    }

    int count() {
        return count;
    }

    long nanos(int packet) {
        return nanos[packet];
    }

    /** Bytes, RTP header included. */
    int length(int packet) {
        return lengths[packet];
    }

    UnitColour colour(int packet) {
        return COLOURS[colours[packet]];
    }

    List<Gap> gaps() {
        return gaps;
    }

    List<Picture> pictures() {
        return pictures;
    }

    long durationNanos() {
        return count == 0 ? 0 : Arrays.stream(nanos, 0, count).max().orElse(0);
    }
}
