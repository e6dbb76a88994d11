package io.mcm.proxy.delivery;

import io.mcm.control.DeliveryUnit;
import io.mcm.h264.NalUnitOrigin;
import io.mcm.rtp.RtpPacket;
import io.mcm.rtp.RtpSink;

/** {@link DeliveryUnit#FRAGMENT}: one buffer for each RTP payload. */
final class FragmentWriter implements RtpSink {

    private final DeliveryBuffer buffer;
    private final NalUnitOrigin origin = new NalUnitOrigin();

    FragmentWriter(DeliveryBuffer buffer) {
        this.buffer = buffer;
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
    }

    @Override
    public void end() {
        buffer.note().beginStream();
    }
}
