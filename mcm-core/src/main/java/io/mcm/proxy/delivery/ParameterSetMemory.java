package io.mcm.proxy.delivery;

import io.mcm.h264.NalUnitOrigin;
import io.mcm.h264.NalUnitSink;
import io.mcm.h264.parameter.ParameterSetCollector;
import io.mcm.h264.parameter.ParameterSets;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Consumer;

/** Keeps a copy of the parameter sets that pass, besides those of the session description, which hold until others with their ids come. */
final class ParameterSetMemory {

    private List<MemorySegment> described;
    private ParameterSets sets;
    private ParameterSetCollector collector;

    ParameterSetMemory(List<MemorySegment> described) {
        this.described = described;
        forget();
    }

    /** In the place of what was said before. */
    void describe(List<MemorySegment> units) {
        described = List.copyOf(units);
        described.forEach(sets::accept);
    }

    /** From the next unit on it is another stream. */
    private void forget() {
        sets = new ParameterSets();
        described.forEach(sets::accept);
        collector = new ParameterSetCollector(sets);
    }

    /** The bytes of each known set, header byte first, sequence sets before picture sets. */
    void forEach(Consumer<MemorySegment> unit) {
        sets.forEach(unit);
    }

    /** Lets units through and keeps parameter sets. */
    NalUnitSink before(NalUnitSink next) {
        return new NalUnitSink() {
            @Override
            public void begin(NalUnitOrigin origin, int header) {
                collector.begin(header);
                next.begin(origin, header);
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
                next.endAccessUnit();
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
        };
    }
}
