package io.mcm.h264;

import static io.mcm.h264.H264Counter.*;

import io.mcm.h264.parameter.SequenceParameterSet;
import io.mcm.metric.Counters;
import io.mcm.rtp.RtpPacket;
import io.mcm.rtp.RtpSink;
import java.util.Optional;

/**
 * Finds the NAL units in the packets of one stream (RFC 6184 section 5, all packetization modes) and hands them to a sink in decoding
 * order, without copying unless they are interleaved. A unit is only ever ended when every byte of it came. Used by one thread.
 *
 * <pre>
 *   packet -> single, aggregated, fragmented ----------------------------> embedded start codes -> access units -> sink
 *                                     `-> decoding order (mode 2 only) ----^
 * </pre>
 */
public final class Depacketizer implements RtpSink {

    private static final int START_CODE_LENGTH = 3;
    private static final int START_CODE = 1;

    private final DepacketizerConfig config;
    private final Counters<H264Counter> counters = new Counters<>(H264Counter.class);
    private final AccessUnitDelimiter accessUnits;
    private final EmbeddedUnits embedded;
    private final NalUnitSink direct;
    private final Deinterleaver interleaved;
    private final FragmentedUnit fragmented;
    private final Aggregation aggregation = new Aggregation(counters);
    private final NalUnitOrigin origin = new NalUnitOrigin();

    /** Tolerant, all modes. */
    public Depacketizer(NalUnitSink sink) {
        this(DepacketizerConfig.defaults(), sink);
    }

    public Depacketizer(DepacketizerConfig config, NalUnitSink sink) {
        this.config = config;
        accessUnits = new AccessUnitDelimiter(config.strict(), counters, sink);
        embedded = new EmbeddedUnits(counters, accessUnits);
        direct = config.strict() ? accessUnits : embedded;
        interleaved = new Deinterleaver(config.interleaving(), counters, direct);
        fragmented = new FragmentedUnit(config.strict(), counters, direct, interleaved);
    }

    public Counters<H264Counter> counters() {
        return counters;
    }

    /** The first sequence parameter set of the stream, read anew: any thread may ask. Empty while none has come that can be read. */
    public Optional<SequenceParameterSet> sequenceSet() {
        return accessUnits.sequenceSet();
    }

    @Override
    public void packet(RtpPacket packet, long extendedSequence, long arrivalNanos) {
        if (packet.payloadLength() == 0) {
            counters.increment(EMPTY_PAYLOAD);
            return;
        }
        origin.set(extendedSequence, packet.timestamp(), arrivalNanos);
        int type = NalHeader.type(packet.payloadByte(0));
        if (isTaken(type)) {
            payload(packet, type);
        }
        // Some cameras set the marker on every fragment; before the unit is whole it cannot be the access unit's end. And what is
        // interleaved is out of decoding order, so that the last packet says nothing of the last unit.
        if (packet.marker() && !fragmented.isOpen() && interleaved.isEmpty()) {
            accessUnits.marker();
        }
    }

    @Override
    public void lost(int packets) {
        fragmented.abandon(FU_LOST);
        accessUnits.lost(packets);
    }

    @Override
    public void end() {
        fragmented.abandon(FU_INTERRUPTED);
        interleaved.flush();
        accessUnits.endStream();
    }

    /** When {@link #poll} has something to do, or {@link Long#MAX_VALUE}. */
    public long deadline() {
        return interleaved.deadline();
    }

    /** Memory that units take which wait for their turn in decoding order; never more than {@link Interleaving#maxBytes}. */
    public long waitingBytes() {
        return interleaved.bytes();
    }

    /** Lets go what waits for others that do not come (mode 2). */
    public void poll(long nowNanos) {
        interleaved.poll(nowNanos);
    }

    /** Memory for units that wait (mode 2): at most what {@link Interleaving#maxBytes} allows. */
    long heldBytes() {
        return interleaved.heldBytes();
    }

    private boolean isTaken(int type) {
        if (config.declaredMode().isEmpty() || config.declaredMode().get().has(type)) {
            return true;
        }
        counters.increment(UNDECLARED_TYPE);
        return !config.strict();
    }

    private void payload(RtpPacket packet, int type) {
        switch (type) {
            case NalType.FU_A -> fragmented.fragment(packet, origin, false);
            case NalType.FU_B -> fragmented.fragment(packet, origin, true);
            default -> {
                fragmented.abandon(FU_INTERRUPTED);
                whole(packet, type);
            }
        }
    }

    private void whole(RtpPacket packet, int type) {
        switch (type) {
            case NalType.STAP_A -> aggregated(packet, type, inTransmissionOrder());
            case NalType.STAP_B, NalType.MTAP16, NalType.MTAP24 -> aggregated(packet, type, interleaved);
            default -> {
                if (NalType.isSingle(type)) {
                    unit(packet, 0, packet.payloadLength(), inTransmissionOrder());
                } else if (!config.strict() && startsWithStartCode(packet)) {
                    byteStream(packet);
                } else {
                    counters.increment(RESERVED_TYPE);
                }
            }
        }
    }

    private NalUnitSink inTransmissionOrder() {
        interleaved.flushIfAny();
        return direct;
    }

    private void aggregated(RtpPacket packet, int type, NalUnitSink target) {
        aggregation.open(packet, type);
        while (aggregation.next()) {
            if (target == interleaved) {
                origin.set(origin.extendedSequence(), aggregation.timestamp(), origin.arrivalNanos());
                interleaved.nextDon(aggregation.don());
            }
            unit(packet, aggregation.start(), aggregation.size(), target);
        }
    }

    private void unit(RtpPacket packet, int start, int size, NalUnitSink target) {
        int header = packet.payloadByte(start);
        if (NalHeader.isForbidden(header)) {
            counters.increment(FORBIDDEN_BIT);
            if (config.strict()) {
                return;
            }
        }
        target.begin(origin, header);
        if (size > NalHeader.LENGTH) {
            target.append(packet.segment(), packet.payloadStart() + start + NalHeader.LENGTH, size - NalHeader.LENGTH);
        }
        target.end();
    }

    private static boolean startsWithStartCode(RtpPacket packet) {
        int at = 0;
        while (at < packet.payloadLength() && packet.payloadByte(at) == 0) {
            at++;
        }
        return at >= START_CODE_LENGTH - 1 && at < packet.payloadLength() && packet.payloadByte(at) == START_CODE;
    }

    private void byteStream(RtpPacket packet) {
        inTransmissionOrder();
        embedded.beginStream(origin);
        embedded.append(packet.segment(), packet.payloadStart(), packet.payloadLength());
        embedded.end();
    }
}
