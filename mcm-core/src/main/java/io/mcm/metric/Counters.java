package io.mcm.metric;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ObjLongConsumer;

/**
 * One figure for every constant of a counter enum. A single thread adds; any thread may read, and sees a value that was true
 * a moment ago.
 *
 * @param <C> the enum that names them
 */
public final class Counters<C extends Enum<C> & Counter> {

    private static final VarHandle VALUE = MethodHandles.arrayElementVarHandle(long[].class);

    private final C[] names;
    private final long[] values;

    public Counters(Class<C> type) {
        names = type.getEnumConstants();
        values = new long[names.length];
    }

    public void increment(C counter) {
        add(counter, 1);
    }

    public void add(C counter, long amount) {
        int i = counter.ordinal();
        VALUE.setOpaque(values, i, values[i] + amount);
    }

    public long get(C counter) {
        return (long) VALUE.getOpaque(values, counter.ordinal());
    }

    /** Hands out each figure with what it counts, in the enum's order. */
    public void forEach(ObjLongConsumer<? super C> figure) {
        for (C name : names) {
            figure.accept(name, get(name));
        }
    }

    /** Label to value, in the enum's order. */
    public Map<String, Long> snapshot() {
        Map<String, Long> all = new LinkedHashMap<>();
        forEach((name, value) -> all.put(name.label(), value));
        return all;
    }
}
