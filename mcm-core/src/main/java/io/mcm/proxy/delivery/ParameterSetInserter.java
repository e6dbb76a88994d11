package io.mcm.proxy.delivery;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.mcm.control.UnitMetadata;
import io.mcm.h264.NalHeader;
import io.mcm.h264.NalType;
import io.mcm.h264.NalUnitOrigin;
import io.mcm.h264.parameter.ParameterSetCollector;
import io.mcm.h264.parameter.ParameterSets;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/** Puts known parameter sets before the first slice of an IDR access unit, as {@link ParameterSetPolicy} says; the last step before a writer. */
final class ParameterSetInserter implements DeliveryStage {

    private final ParameterSetPolicy policy;
    private final ParameterSetMemory memory;
    private final DeliveryStage next;
    private final DeliveryBuffer buffer;
    private final NalUnitOrigin origin = new NalUnitOrigin();
    private final Consumer<MemorySegment> offer = this::offer;
    /** What this consumer has had of the stream. */
    private ParameterSets delivered;
    private ParameterSetCollector collector;
    private boolean failed;
    private boolean hasSlice;
    private boolean hasSequenceSet;
    private boolean hasPictureSet;

    ParameterSetInserter(ParameterSetPolicy policy, ParameterSetMemory memory, DeliveryStage next, DeliveryBuffer buffer) {
        this.policy = policy;
        this.memory = memory;
        this.next = next;
        this.buffer = buffer;
        forget();
    }

    private void forget() {
        delivered = new ParameterSets();
        collector = new ParameterSetCollector(delivered);
    }

    @Override
    public void begin(NalUnitOrigin origin, int header) {
        lookForFailure();
        int type = NalHeader.type(header);
        hasSequenceSet |= type == NalType.SPS;
        hasPictureSet |= type == NalType.PPS;
        if (NalType.isSlice(type) && !hasSlice) {
            hasSlice = true;
            if (type == NalType.IDR_SLICE) {
                offerAll(origin);
            }
        }
        collector.begin(header);
        next.begin(origin, header);
    }

    private void offerAll(NalUnitOrigin slice) {
        origin.set(slice);
        memory.forEach(offer);
    }

    private void offer(MemorySegment set) {
        boolean missing = delivered.accept(set);
        if (missing || policy == ParameterSetPolicy.BEFORE_IDR && !(hasSequenceSet && hasPictureSet)) {
            next.begin(origin, set.get(JAVA_BYTE, 0));
            buffer.note().flag(UnitMetadata.PARAMETER_SETS_INSERTED);
            next.append(set, NalHeader.LENGTH, (int) set.byteSize() - NalHeader.LENGTH);
            next.end();
            buffer.counters().increment(DeliveryCounter.PARAMETER_SETS_INSERTED);
        }
    }

    /** Of what fell away the consumer may not have had a set. */
    private void lookForFailure() {
        if (next.hasFailed()) {
            failed = true;
            forget();
        }
    }

    @Override
    public void append(MemorySegment from, long offset, int length) {
        collector.append(from, offset, length);
        next.append(from, offset, length);
    }

    @Override
    public void end() {
        collector.end();
        next.end();
    }

    @Override
    public void abandon() {
        next.abandon();
    }

    @Override
    public void endAccessUnit() {
        hasSlice = false;
        hasSequenceSet = false;
        hasPictureSet = false;
        next.endAccessUnit();
    }

    @Override
    public int takeBack() {
        int units = next.takeBack();
        if (units > 0) {
            forget();
        }
        return units;
    }

    @Override
    public void leftOut() {
        next.leftOut();
    }

    @Override
    public boolean hasFailed() {
        lookForFailure();
        boolean answer = failed;
        failed = false;
        return answer;
    }

    @Override
    public void lost(int packets) {
        next.lost(packets);
    }

    @Override
    public void endStream() {
        forget();
        next.endStream();
    }
}
