package io.mcm.camera.demo;

import io.mcm.capture.CaptureException;
import io.mcm.capture.RtpPacketReader;
import io.mcm.capture.RtpStreams;
import io.mcm.capture.StreamSelection;
import io.mcm.h264.Depacketizer;
import io.mcm.h264.NalUnitOrigin;
import io.mcm.h264.NalUnitSink;
import io.mcm.metric.Counters;
import io.mcm.rtp.ReceiverConfig;
import io.mcm.rtp.RtpCounter;
import io.mcm.rtp.RtpPacket;
import io.mcm.rtp.RtpReceiver;
import io.mcm.rtp.RtpSink;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** What a receiver must get from a capture: its NAL units, depacketized without any socket. */
public final class GroundTruth {

    private static final double NANOS = 1e9;

    private final List<byte[]> digests = new ArrayList<>();
    /** First sequence number of a unit, counted from the capture's first, to how many packets later its last one is. */
    private final Map<Long, Integer> spans = new TreeMap<>();
    private final RtpReceiver receiver = new RtpReceiver(ReceiverConfig.defaults().withSourceTimeout(0), new Packets());
    private long firstSequence = -1;
    private long sequence;
    private long firstNanos;
    private long lastNanos;

    private GroundTruth() {}

    public static GroundTruth of(Path capture) throws CaptureException {
        StreamSelection selection = StreamSelection.of(RtpStreams.scan(capture), OptionalInt.empty(), OptionalInt.empty());
        GroundTruth truth = new GroundTruth();
        try (RtpPacketReader reader = RtpPacketReader.open(capture, selection)) {
            truth.read(reader);
        }
        return truth;
    }

    private void read(RtpPacketReader reader) throws CaptureException {
        while (reader.next()) {
            RtpPacket packet = reader.packet();
            lastNanos = reader.arrivalNanos();
            firstNanos = firstNanos == 0 ? lastNanos : firstNanos;
            receiver.accept(packet.segment(), packet.base(), packet.length(), lastNanos);
        }
        receiver.flush();
    }

    /** NAL units of one pass. */
    public int units() {
        return digests.size();
    }

    /** What must arrive as the n-th NAL unit of any number of passes. */
    byte[] digest(long n) {
        return digests.get((int) (n % digests.size()));
    }

    /**
     * How many packets after its first one a unit is whole.
     *
     * @param sequence of its first packet, counted from the capture's first over all passes
     */
    int packetsUntilWhole(long sequence) {
        return spans.getOrDefault(sequence % packets(), 0);
    }

    /** Sequence numbers of one pass. */
    public long packets() {
        return sequence - firstSequence + 1;
    }

    /** Of one pass. */
    public double seconds() {
        return (lastNanos - firstNanos) / NANOS;
    }

    /** Whether every packet is there once and in order: only such a capture can be repeated without a seam. */
    public boolean isClean() {
        Counters<RtpCounter> counted = receiver.counters();
        return counted.get(RtpCounter.LOST) + counted.get(RtpCounter.DUPLICATED) + counted.get(RtpCounter.REORDERED)
            + counted.get(RtpCounter.SOURCE_CHANGE) + counted.get(RtpCounter.RESTART) == 0;
    }

    /** Notes where in the sequence we are. */
    private final class Packets implements RtpSink {

        private final Depacketizer depacketizer = new Depacketizer(new Units());

        @Override
        public void packet(RtpPacket packet, long extendedSequence, long arrivalNanos) {
            sequence = extendedSequence;
            firstSequence = firstSequence < 0 ? extendedSequence : firstSequence;
            depacketizer.packet(packet, extendedSequence, arrivalNanos);
        }

        @Override
        public void lost(int packets) {
            depacketizer.lost(packets);
        }

        @Override
        public void end() {
            depacketizer.end();
        }
    }

    private final class Units implements NalUnitSink {

        private final UnitDigest digest = new UnitDigest();
        private long start;

        @Override
        public void begin(NalUnitOrigin origin, int header) {
            start = sequence;
            digest.begin(header);
        }

        @Override
        public void append(MemorySegment from, long offset, int length) {
            digest.update(from, offset, length);
        }

        @Override
        public void end() {
            digests.add(digest.finish());
            spans.put(start - firstSequence, (int) (sequence - start));
        }

        @Override
        public void abandon() {
            // Never whole, so no receiver gets it.
        }

        @Override
        public void endAccessUnit() {
            // Units are compared one by one.
        }
    }
}
