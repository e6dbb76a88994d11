package io.mcm.proxy;

import io.mcm.rtp.RtpPacket;
import io.mcm.rtp.RtpSink;

/** {@link DeliveryUnit#FRAGMENT}: one buffer for each RTP payload. The depacketizer sees the packets too, so that its figures are there. */
final class FragmentWriter implements RtpSink {

    private final DeliveryBuffer buffer;
    private final RtpSink depacketizer;

    FragmentWriter(DeliveryBuffer buffer, RtpSink depacketizer) {
        this.buffer = buffer;
        this.depacketizer = depacketizer;
    }

    @Override
    public void packet(RtpPacket packet, long extendedSequence, long arrivalNanos) {
        if (packet.payloadLength() > 0) {
            buffer.open(packet.sequence(), packet.timestamp());
            buffer.startCode();
            buffer.append(packet.segment(), packet.payloadStart(), packet.payloadLength());
            buffer.commit();
        }
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
