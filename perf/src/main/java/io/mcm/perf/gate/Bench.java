package io.mcm.perf.gate;

import io.mcm.perf.PacketizerBench;
import io.mcm.perf.PayloadStructure;
import io.mcm.perf.ReorderBench;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A JMH method that the gate runs, and the one whose work it is compared with.
 *
 * @param name     stable, as thresholds name it: {@code depacketize/fu-a}
 * @param method   of JMH, a regular expression
 * @param baseline of the same class
 * @param parameter name of a JMH parameter
 * @param value     of it
 */
public record Bench(String name, String method, String baseline, String parameter, String value) {

    /** Those whose figures mean something in half a second. */
    public static List<Bench> all() {
        List<Bench> all = new ArrayList<>();
        for (PayloadStructure structure : PayloadStructure.values()) {
            all.add(new Bench("depacketize/" + written(structure),
                "DepacketizerBench.depacketize", "DepacketizerBench.copy", "structure", structure.name()));
        }
        for (String length : List.of("64", "1500")) {
            all.add(new Bench("ring/burst-" + length, "RingBench.burst", "RingBench.copy", "length", length));
            all.add(new Bench("ring/round-trip-" + length, "RingBench.roundTrip", "RingBench.copy", "length", length));
        }
        for (ReorderBench.Arrival arrival : ReorderBench.Arrival.values()) {
            all.add(new Bench("reorder/" + written(arrival), "ReorderBench.reorder", "ReorderBench.copy", "arrival", arrival.name()));
        }
        for (PacketizerBench.Packets structure : PacketizerBench.Packets.values()) {
            all.add(new Bench("packetize/" + written(structure), "PacketizerBench.packetize", "PacketizerBench.copy", "structure",
                structure.name()));
        }
        return all;
    }

    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
