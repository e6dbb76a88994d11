package io.mcm.camera.packetize;

import io.mcm.camera.TimedPacketSink;
import io.mcm.camera.source.CameraSource;
import io.mcm.camera.source.NalUnitSink;
import io.mcm.camera.source.NalUnitSource;
import io.mcm.camera.source.Packaging;
import io.mcm.camera.source.SendClock;
import io.mcm.h264.PacketSink;
import io.mcm.h264.PacketizationMode;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** NAL units as RTP packets: a step is an access unit, whose packets are all due at once. */
public final class PacketizedSource implements CameraSource {

    private static final int RTP = 0;

    private final NalUnitSource source;
    private final RtpConfig rtp;
    private final SendClock clock;
    private final PacketDresser dresser;
    private final UnitPacketizer packetizer;
    private final NalUnitSink units = new Units();
    private TimedPacketSink sink;
    private long dueNanos;
    private long packets;

    /** @param clock tells the time of sending where a header extension has it */
    public PacketizedSource(NalUnitSource source, PayloadConfig payload, RtpConfig rtp, SendClock clock) {
        this.source = source;
        this.rtp = rtp;
        this.clock = clock;
        dresser = new PacketDresser(rtp, payload.fragments(), payload.maxPacketLength(), this::hand);
        packetizer = source.isPlanned() ? new PlannedPacketizer(payload, rtp, dresser) : packetizer(payload, rtp, dresser);
    }

    private static UnitPacketizer packetizer(PayloadConfig payload, RtpConfig rtp, PacketSink sink) {
        return payload.mode() == PacketizationMode.INTERLEAVED ? new InterleavingPacketizer(payload, rtp, sink)
            : new DirectPacketizer(payload, rtp, sink);
    }

    @Override
    public boolean step(TimedPacketSink to) throws IOException {
        sink = to;
        try {
            if (source.step(units)) {
                return true;
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        long before = packets;
        packetizer.flush();
        return packets > before;
    }

    private void hand(MemorySegment segment, long offset, int length) {
        packets++;
        sink.packet(RTP, segment, offset, length, dueNanos);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    private final class Units implements NalUnitSink {

        @Override
        public void beginAccessUnit(int timestamp, long due) {
            dueNanos = due;
            if (rtp.extension() != HeaderExtension.NONE) {
                dresser.at(clock.sendNanos(due));
            }
            packetizer.beginAccessUnit(rtp.firstTimestamp() + timestamp);
        }

        @Override
        public void packaging(Packaging packaging) {
            packetizer.packaging(packaging);
        }

        @Override
        public void nalUnit(MemorySegment segment, long offset, int length) {
            packetizer.nalUnit(segment, offset, length);
        }

        @Override
        public void endAccessUnit() {
            packetizer.endAccessUnit();
        }
    }
}
