package io.mcm.h264.parameter;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every way to get one bit of a unit wrong, and a reading that takes the declared exception and no other. */
final class Flips {

    interface Parser<T> {
        T parse(MemorySegment unit) throws ParameterSetException;
    }

    private Flips() {}

    static List<MemorySegment> ofEveryBit(MemorySegment unit) {
        List<MemorySegment> all = new ArrayList<>();
        for (int bit = 0; bit < unit.byteSize() * Byte.SIZE; bit++) {
            byte[] copy = unit.toArray(ValueLayout.JAVA_BYTE);
            copy[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            all.add(MemorySegment.ofArray(copy));
        }
        return all;
    }

    static <T> Optional<T> read(MemorySegment unit, Parser<T> parser) {
        try {
            return Optional.of(parser.parse(unit));
        } catch (ParameterSetException _) {
            return Optional.empty();
        }
    }
}
