package io.mcm.proxy.delivery;

import io.mcm.control.DeliveryUnit;
import io.mcm.h264.NalUnitOrigin;
import io.mcm.rtp.RtpPacket;
import io.mcm.rtp.RtpSink;

/** {@link DeliveryUnit#FRAGMENT}: one buffer for each RTP payload. The depacketizer sees the packets too, so that its figures are there. */
final class FragmentWriter implements RtpSink {

    private final DeliveryBuffer buffer;
    private final RtpSink depacketizer;
    private final NalUnitOrigin origin = new NalUnitOrigin();

    FragmentWriter(DeliveryBuffer buffer, RtpSink depacketizer) {
        this.buffer = buffer;
        this.depacketizer = depacketizer;
    }

    @Override
    public void packet(RtpPacket packet, long extendedSequence, long arrivalNanos) {
        if (packet.payloadLength() > 0) {
            if (packet.timestamp() != origin.timestamp()) {
                buffer.note().endAccessUnit();
            }
            origin.set(extendedSequence, packet.timestamp(), arrivalNanos);
            write(packet);
        }
        depacketizer.packet(packet, extendedSequence, arrivalNanos);
    }

    private void write(RtpPacket packet) {
        buffer.open(origin);
        buffer.startCode();
        buffer.append(packet.segment(), packet.payloadStart(), packet.payloadLength());
        buffer.note().contain(packet.payloadByte(0));
        buffer.commit();
        if (packet.marker()) {
            buffer.note().endAccessUnit();
        }
    }

    @Override
    public void lost(int packets) {
        buffer.note().lost(packets);
        depacketizer.lost(packets);
    }

    @Override
    public void end() {
        buffer.note().beginStream();
        depacketizer.end();
    }
}
