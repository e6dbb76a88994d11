package io.mcm.proxy.delivery;

import io.mcm.rtp.RtpPacket;
import io.mcm.rtp.RtpSink;

/** One camera's packets for many consumers, and for the depacketizer, so that its figures are there. Failures as in {@link SharedUnits}. */
final class SharedFragments implements RtpSink {

    private final RtpSink depacketizer;
    private Delivery[] joined = Deliveries.NONE;

    SharedFragments(RtpSink depacketizer) {
        this.depacketizer = depacketizer;
    }

    void join(Delivery delivery) {
        joined = Deliveries.with(joined, delivery);
    }

    void leave(Delivery delivery) {
        joined = Deliveries.without(joined, delivery);
    }

    private void fail(Delivery delivery, Throwable fault) {
        delivery.fail(fault);
        leave(delivery);
    }

    @Override
    public void packet(RtpPacket packet, long extendedSequence, long arrivalNanos) {
        for (Delivery each : joined) {
            try {
                each.fragments().packet(packet, extendedSequence, arrivalNanos);
            } catch (RuntimeException | InternalError e) {
                fail(each, e);
            }
        }
        depacketizer.packet(packet, extendedSequence, arrivalNanos);
    }

    @Override
    public void lost(int packets) {
        for (Delivery each : joined) {
            each.fragments().lost(packets);
        }
        depacketizer.lost(packets);
    }

    @Override
    public void end() {
        for (Delivery each : joined) {
            each.fragments().end();
        }
        depacketizer.end();
    }
}
