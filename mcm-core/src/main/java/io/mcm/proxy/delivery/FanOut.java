package io.mcm.proxy.delivery;

import io.mcm.control.DeliveryUnit;
import io.mcm.h264.Depacketizer;
import io.mcm.h264.DepacketizerConfig;
import io.mcm.h264.NalUnitSink;
import io.mcm.rtp.RtpSink;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.function.LongSupplier;

/**
 * From a camera's packets in order to all of its consumers. What they have in common is done once: NAL units are found once, and the parameter sets
 * that a late joiner may ask for are remembered from the first packet on. Nothing that happens in one delivery reaches another.
 *
 * <pre>
 *                                                         ,-> delivery of one consumer
 *   depacketizer -> parameter set memory -> shared units -+-> delivery of another
 *
 *   shared fragments -+-> delivery of one consumer          (unit fragment)
 *                     +-> delivery of another
 *                     `-> depacketizer, which only counts
 * </pre>
 */
public final class FanOut {

    private final DeliveryConfig config;
    private final IntToLongFunction wallClock;
    private final LongSupplier nanoClock;
    /** Null where the camera's parameter sets are all that a consumer gets. */
    private final ParameterSetMemory memory;
    private final SharedUnits units = new SharedUnits();
    private final NalUnitSink unitSink;
    private final SharedFragments fragments;
    private final Depacketizer depacketizer;

    /**
     * @param wallClock the NTP time of an RTP timestamp, 0 where it is not known
     * @param nanoClock of the packets' arrivals
     */
    public FanOut(DeliveryConfig config, DepacketizerConfig taken, IntToLongFunction wallClock, LongSupplier nanoClock) {
        this.config = config;
        this.wallClock = wallClock;
        this.nanoClock = nanoClock;
        boolean remembers = config.parameterSets().policy() != ParameterSetPolicy.AS_SENT;
        memory = remembers ? new ParameterSetMemory(config.parameterSets().described()) : null;
        unitSink = remembers ? memory.before(units) : units;
        depacketizer = new Depacketizer(taken, unitSink);
        fragments = new SharedFragments(depacketizer);
    }

    private boolean isFragments() {
        return config.unit() == DeliveryUnit.FRAGMENT;
    }

    /** What is said of the stream from now on; those that it brings itself come before. */
    public void describe(List<MemorySegment> parameterSets) {
        if (memory != null) {
            memory.describe(parameterSets);
        }
    }

    /** Takes the packets. */
    public RtpSink sink() {
        return isFragments() ? fragments : depacketizer;
    }

    /** Takes the depacketizer's units. */
    NalUnitSink unitSink() {
        return unitSink;
    }

    public Depacketizer depacketizer() {
        return depacketizer;
    }

    /** For one more consumer, who gets nothing until it joins. May be made on another thread than the packets are taken on. */
    public Delivery newDelivery() {
        return new Delivery(config, memory, wallClock, nanoClock);
    }

    /** This consumer gets what begins from now on. */
    public void join(Delivery delivery) {
        if (isFragments()) {
            fragments.join(delivery);
        } else {
            units.join(delivery);
        }
    }

    /** This consumer gets no more. Nothing happens for one that has not joined. */
    public void leave(Delivery delivery) {
        units.leave(delivery);
        fragments.leave(delivery);
    }
}
