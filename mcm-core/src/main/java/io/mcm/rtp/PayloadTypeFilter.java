package io.mcm.rtp;

import io.mcm.metric.Counters;

/**
 * Lets one payload type of a source through: the session's, or where it names none that of the stream's first packet. It stands behind the
 * reorder window, so that packets of other types, which share the sequence (private data of Uniview
 * cameras, with payload type 50; FEC, audio), leave no gap in it.
 *
 * <p>A camera that is configured anew may go on with another type. It is followed, unless the session named one, when no packet of the old
 * type has come for longer than its pauses are ({@link PauseMeter}) while the new type's did; these are held until then and not lost. Where
 * both types alternate the first one is kept, and the other's packets are counted.
 */
final class PayloadTypeFilter implements RtpSink {

    private static final int NONE = -1;

    private final ReceiverConfig config;
    private final Counters<RtpCounter> counters;
    private final RtpSink sink;
    private final PauseMeter pauses = new PauseMeter();
    private final PacketStore others = new PacketStore();

    private int bound = NONE;
    private int otherType;
    private int lostSince;

    PayloadTypeFilter(ReceiverConfig config, Counters<RtpCounter> counters, RtpSink sink) {
        this.config = config;
        this.counters = counters;
        this.sink = sink;
    }

    @Override
    public void packet(RtpPacket packet, long extendedSequence, long arrivalNanos) {
        int type = packet.payloadType();
        if (type == bound) {
            dropOthers();
            pauses.arrived(arrivalNanos);
            sink.packet(packet, extendedSequence, arrivalNanos);
        } else if (!config.takesPayloadType(type)) {
            counters.increment(RtpCounter.FOREIGN_PAYLOAD_TYPE);
        } else if (bound == NONE) {
            bind(type, arrivalNanos);
            sink.packet(packet, extendedSequence, arrivalNanos);
        } else {
            other(packet, extendedSequence, arrivalNanos);
        }
    }

    private void bind(int type, long arrivalNanos) {
        bound = type;
        pauses.start(arrivalNanos);
    }

    private void other(RtpPacket packet, long extendedSequence, long arrivalNanos) {
        if (others.count() == 0 || packet.payloadType() != otherType) {
            dropOthers();
            otherType = packet.payloadType();
        }
        boolean full = !others.add(packet, extendedSequence, arrivalNanos);
        if (full) {
            counters.increment(RtpCounter.FOREIGN_PAYLOAD_TYPE);
        }
        long patience = pauses.patience(ReceiverConfig.DEFAULT_SOURCE_TIMEOUT_NANOS);
        if (others.count() > 1 && arrivalNanos - pauses.last() >= patience) {
            follow(extendedSequence + 1);
        }
    }

    /** What was lost among the held packets shows in their sequence numbers. */
    private void follow(long end) {
        counters.increment(RtpCounter.PAYLOAD_TYPE_CHANGE);
        bind(otherType, others.arrivalNanos(0));
        long next = others.sequence(0);
        for (int i = 0; i < others.count(); i++) {
            skipTo(others.sequence(i), next);
            sink.packet(others.packet(i), others.sequence(i), others.arrivalNanos(i));
            pauses.arrived(others.arrivalNanos(i));
            next = others.sequence(i) + 1;
        }
        skipTo(end, next);
        others.clear();
        lostSince = 0;
    }

    private void skipTo(long sequence, long next) {
        if (sequence > next) {
            sink.lost((int) (sequence - next));
        }
    }

    private void dropOthers() {
        if (others.count() > 0) {
            counters.add(RtpCounter.FOREIGN_PAYLOAD_TYPE, others.count());
            others.clear();
        }
        if (lostSince > 0) {
            sink.lost(lostSince);
            lostSince = 0;
        }
    }

    @Override
    public void lost(int packets) {
        if (others.count() > 0) {
            lostSince += packets;
        } else if (bound != NONE) {
            sink.lost(packets);
        }
    }

    @Override
    public void end() {
        boolean begun = bound != NONE;
        dropOthers();
        bound = NONE;
        if (begun) {
            sink.end();
        }
    }
}
