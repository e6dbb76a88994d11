package io.mcm.proxy.delivery;

import io.mcm.control.DeliveryUnit;
import io.mcm.h264.Depacketizer;
import io.mcm.h264.DepacketizerConfig;
import io.mcm.h264.NalUnitSink;
import io.mcm.memif.MemifInterface;
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
public final class Delivery {

    private final DeliveryBuffer buffer;
    private final Depacketizer depacketizer;
    private final RtpSink sink;

    /** @param wallClock the NTP time of an RTP timestamp, 0 where it is not known */
    public Delivery(DeliveryConfig config, DepacketizerConfig taken, IntToLongFunction wallClock) {
        buffer = new DeliveryBuffer(config.bufferLength(), new DeliveryNote(config.unit(), wallClock));
        boolean fragments = config.unit() == DeliveryUnit.FRAGMENT;
        NalUnitSink units = fragments ? new DiscardingSink() : stages(config, writer(config.unit()));
        depacketizer = new Depacketizer(taken, units);
        sink = fragments ? new FragmentWriter(buffer, depacketizer) : depacketizer;
    }

    private DeliveryStage writer(DeliveryUnit unit) {
        return unit == DeliveryUnit.NALU ? new NalUnitWriter(buffer) : new AccessUnitWriter(buffer);
    }

    private NalUnitSink stages(DeliveryConfig config, DeliveryStage writer) {
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
    public RtpSink sink() {
        return sink;
    }

    public Depacketizer depacketizer() {
        return depacketizer;
    }

    public Counters<DeliveryCounter> counters() {
        return buffer.counters();
    }

    /** Units go to this consumer from the next one on. */
    public void attach(MemifInterface consumer) {
        buffer.attach(consumer);
    }

    /** The consumer's memory is gone. */
    public void detach() {
        buffer.detach();
    }

    /** Shows the consumer all whole units, and disconnects one that broke a rule. */
    public void publish(long nowNanos) {
        buffer.publish(nowNanos);
    }

    /** When {@link #remind} has something to do, or {@link Long#MAX_VALUE}. */
    public long deadline() {
        return buffer.deadline();
    }

    /** Wakes a consumer that leaves units lying. */
    public void remind(long nowNanos) {
        buffer.remind(nowNanos);
    }
}
