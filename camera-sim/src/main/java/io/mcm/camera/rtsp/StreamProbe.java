package io.mcm.camera.rtsp;

import io.mcm.camera.TimedPacketSink;
import io.mcm.camera.source.CameraSource;
import io.mcm.h264.Depacketizer;
import io.mcm.h264.NalHeader;
import io.mcm.h264.NalType;
import io.mcm.h264.NalUnitOrigin;
import io.mcm.h264.NalUnitSink;
import io.mcm.h264.parameter.ParameterSetCollector;
import io.mcm.h264.parameter.ParameterSets;
import io.mcm.rtp.ReceiverConfig;
import io.mcm.rtp.RtpPacket;
import io.mcm.rtp.RtpReceiver;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plays the beginning of a source, as far as its first picture with parameter sets, to learn what a description says of it. */
final class StreamProbe implements TimedPacketSink {

    /** Cameras repeat parameter sets each GOP, the longest common one is 10 s; a source that has none in so much does not bring them. */
    static final long MAX_NANOS = 30_000_000_000L;

    private static final int RTP = 0;
    private static final int PROFILE_OFFSET = NalHeader.LENGTH;
    private static final int PROFILE_LENGTH = 3;
    private static final int BYTE = 8;

    private final ParameterSets sets = new ParameterSets();
    private final RtpPacket packet = new RtpPacket();
    private final RtpReceiver receiver = new RtpReceiver(ReceiverConfig.defaults(), new Depacketizer(new SetCollector()));
    private int ssrc;
    private int payloadType;
    private boolean interleaved;
    private boolean begun;
    private boolean done;

    private StreamProbe(List<byte[]> known) {
        known.forEach(unit -> sets.accept(MemorySegment.ofArray(unit)));
    }

    /**
     * @param known parameter sets that need not come
     * @throws IOException where the source cannot be read, or has no RTP packet
     */
    static DescribedStream of(CameraSource source, List<byte[]> known) throws IOException {
        StreamProbe probe = new StreamProbe(known);
        source.play(probe);
        if (!probe.begun) {
            throw new IOException("the source has no RTP packet");
        }
        return probe.described();
    }

    @Override
    public void packet(int channel, MemorySegment segment, long offset, int length, long dueNanos) {
        if (channel != RTP || packet.wrap(segment, offset, length) != RtpPacket.Validity.VALID) {
            return;
        }
        if (!begun) {
            begun = true;
            ssrc = packet.ssrc();
            payloadType = packet.payloadType();
        }
        interleaved |= packet.payloadLength() > 0 && isInterleaved(NalHeader.type(packet.payloadByte(0)));
        receiver.accept(segment, offset, length, dueNanos);
        done |= dueNanos > MAX_NANOS;
    }

    private static boolean isInterleaved(int type) {
        return type == NalType.STAP_B || type == NalType.MTAP16 || type == NalType.MTAP24 || type == NalType.FU_B;
    }

    @Override
    public boolean isStopped() {
        return done;
    }

    private DescribedStream described() {
        List<MemorySegment> units = new ArrayList<>();
        sets.forEach(unit -> units.add(MemorySegment.ofArray(unit.toArray(ValueLayout.JAVA_BYTE))));
        Optional<Integer> profile = units.stream().filter(unit -> type(unit) == NalType.SPS).findFirst().map(StreamProbe::profileLevelId);
        return new DescribedStream(ssrc, payloadType, interleaved ? 2 : 1, profile, units);
    }

    private static int type(MemorySegment unit) {
        return NalHeader.type(unit.get(ValueLayout.JAVA_BYTE, 0) & 0xff);
    }

    /** The three bytes behind the header. */
    private static int profileLevelId(MemorySegment sps) {
        int id = 0;
        for (int i = 0; i < PROFILE_LENGTH && PROFILE_OFFSET + i < sps.byteSize(); i++) {
            id = id << BYTE | sps.get(ValueLayout.JAVA_BYTE, PROFILE_OFFSET + i) & 0xff;
        }
        return id;
    }

    /** Done with the first slice after an SPS and a PPS: most streams have all of theirs before it. */
    private final class SetCollector implements NalUnitSink {

        private final ParameterSetCollector collector = new ParameterSetCollector(sets);

        @Override
        public void begin(NalUnitOrigin origin, int header) {
            done |= NalType.isSlice(NalHeader.type(header)) && !sets.readableSequenceSets().isEmpty() && sets.size() > 1;
            collector.begin(header);
        }

        @Override
        public void append(MemorySegment from, long offset, int length) {
            collector.append(from, offset, length);
        }

        @Override
        public void end() {
            collector.end();
        }

        @Override
        public void abandon() {
            // The next begin forgets it.
        }

        @Override
        public void endAccessUnit() {
            // Only units count.
        }
    }
}
