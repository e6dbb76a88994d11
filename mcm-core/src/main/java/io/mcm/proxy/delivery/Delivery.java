package io.mcm.proxy.delivery;

import io.mcm.control.DeliveryUnit;
import io.mcm.h264.NalUnitSink;
import io.mcm.memif.MemifInterface;
import io.mcm.metric.Counters;
import io.mcm.metric.Histogram;
import io.mcm.rtp.RtpSink;
import java.util.function.IntToLongFunction;
import java.util.function.LongSupplier;

/**
 * The way from a camera's NAL units to one consumer's ring, of those that share a {@link FanOut}. What a policy does not need is not there.
 *
 * <pre>
 *   intact access units -> IDR gate -> parameter set inserter -> writer -> buffer
 *   fragment writer -> buffer
 * </pre>
 */
public final class Delivery {

    private final PublishingDelay delay;
    private final DeliveryBuffer buffer;
    /** Null in unit {@code fragment}. */
    private final NalUnitSink units;
    /** Null in the other units. */
    private final RtpSink fragments;
    private Throwable fault;

    /**
     * @param memory null where nothing is inserted
     * @param nanoClock of the packets' arrivals
     */
    Delivery(DeliveryConfig config, ParameterSetMemory memory, IntToLongFunction wallClock, LongSupplier nanoClock) {
        delay = new PublishingDelay(nanoClock);
        buffer = new DeliveryBuffer(config.bufferLength(), new DeliveryNote(config.unit(), wallClock), delay);
        boolean whole = config.unit() != DeliveryUnit.FRAGMENT;
        units = whole ? withPolicy(config.loss(), inserter(config, memory), buffer.counters()) : null;
        fragments = whole ? null : new FragmentWriter(buffer);
    }

    private DeliveryStage inserter(DeliveryConfig config, ParameterSetMemory memory) {
        DeliveryStage writer = config.unit() == DeliveryUnit.NALU ? new NalUnitWriter(buffer) : new AccessUnitWriter(buffer);
        return memory == null ? writer : new ParameterSetInserter(config.parameterSets().policy(), memory, writer, buffer);
    }

    static NalUnitSink withPolicy(LossPolicy policy, DeliveryStage writer, Counters<DeliveryCounter> counters) {
        return switch (policy) {
            case DROP_NAL -> writer;
            case DROP_AU -> new IntactAccessUnits(writer, counters);
            case DROP_UNTIL_IDR -> new IntactAccessUnits(new IdrGate(writer, counters), counters);
        };
    }

    NalUnitSink units() {
        return units;
    }

    RtpSink fragments() {
        return fragments;
    }

    DeliveryBuffer buffer() {
        return buffer;
    }

    void fail(Throwable why) {
        fault = why;
    }

    /** What broke in it, after which it has left; null where nothing did. */
    public Throwable fault() {
        return fault;
    }

    /** From the arrival of a unit's first packet until its consumer could see it, ns. Any thread may ask. */
    public Histogram.Snapshot delay() {
        return delay.snapshot();
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
