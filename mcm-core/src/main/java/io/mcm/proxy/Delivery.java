package io.mcm.proxy;

import io.mcm.control.DeliveryUnit;
import io.mcm.h264.Depacketizer;
import io.mcm.h264.NalUnitSink;
import io.mcm.metric.Counters;
import io.mcm.rtp.RtpSink;
import java.util.function.IntToLongFunction;

/**
 * The way from a camera's packets in order to its consumer's ring. What a policy does not need is not there.
 *
 * <pre>
 *   depacketizer -> parameter set memory -> intact access units -> IDR gate -> parameter set inserter -> writer -> buffer
 *   fragment writer -> buffer
 *                `---> depacketizer, which only counts
 * </pre>
 */
final class Delivery {

    private final DeliveryBuffer buffer;
    private final Depacketizer depacketizer;
    private final RtpSink sink;

    /** @param wallClock the NTP time of an RTP timestamp, 0 where it is not known */
    Delivery(SessionConfig config, IntToLongFunction wallClock) {
        buffer = new DeliveryBuffer(config.bufferLength(), new DeliveryNote(config.unit(), wallClock));
        boolean fragments = config.unit() == DeliveryUnit.FRAGMENT;
        NalUnitSink units = fragments ? new DiscardingSink() : stages(config, writer(config.unit()));
        depacketizer = new Depacketizer(config.depacketizer(), units);
        sink = fragments ? new FragmentWriter(buffer, depacketizer) : depacketizer;
    }

    private DeliveryStage writer(DeliveryUnit unit) {
        return unit == DeliveryUnit.NALU ? new NalUnitWriter(buffer) : new AccessUnitWriter(buffer);
    }

    private NalUnitSink stages(SessionConfig config, DeliveryStage writer) {
        if (config.parameterSets().policy() == ParameterSetPolicy.AS_SENT) {
            return withPolicy(config.loss(), writer, buffer.counters());
        }
        ParameterSetMemory memory = new ParameterSetMemory(config.parameterSets().described());
        DeliveryStage inserter = new ParameterSetInserter(config.parameterSets().policy(), memory, writer, buffer);
        return memory.before(withPolicy(config.loss(), inserter, buffer.counters()));
    }

    static NalUnitSink withPolicy(LossPolicy policy, DeliveryStage writer, Counters<DeliveryCounter> counters) {
        return switch (policy) {
            case DROP_NAL -> writer;
            case DROP_AU -> new IntactAccessUnits(writer, counters);
            case DROP_UNTIL_IDR -> new IntactAccessUnits(new IdrGate(writer, counters), counters);
        };
    }

    /** Takes the packets. */
    RtpSink sink() {
        return sink;
    }

    DeliveryBuffer buffer() {
        return buffer;
    }

    Depacketizer depacketizer() {
        return depacketizer;
    }
}
