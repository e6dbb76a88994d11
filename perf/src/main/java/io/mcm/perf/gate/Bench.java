package io.mcm.perf.gate;

import io.mcm.perf.PacketizerBench;
import io.mcm.perf.PayloadStructure;
import io.mcm.perf.ReorderBench;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What the gate runs, and the one whose work it is compared with: methods of JMH, or something that takes whole processes.
 *
 * @param name     stable, as thresholds name it: {@code depacketize/fu-a}
 * @param method   of JMH, a regular expression; or {@link #LATENCY}, {@link #MEMIF}
 * @param baseline of the same class; end to end the calibration
 * @param parameter name of a JMH parameter
 * @param value     of it
 */
public record Bench(String name, String method, String baseline, String parameter, String value) {

    /** Camera to consumer through a proxy, beside what this machine takes for the packets and two sleeping threads. */
    public static final String LATENCY = "latency";
    /** One way between two processes, beside one thread's copies of the same messages. */
    public static final String MEMIF = "memif";

    private static final List<Integer> MESSAGE_SIZES = List.of(64, 1_500, 16_384, 262_144, 1 << 20);
    private static final int LARGEST_SINGLE = 1_500;

    /** Those of JMH, whose figures mean something in half a second. */
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

    /** Those that take whole processes and some seconds. */
    public static List<Bench> endToEnd() {
        List<Bench> all = new ArrayList<>();
        for (String percentile : List.of("50", "99")) {
            all.add(new Bench("latency/720p30-p" + percentile, LATENCY, "calibration", "percentile", percentile));
        }
        for (int size : MESSAGE_SIZES) {
            all.add(memif(size, 64));
            if (size <= LARGEST_SINGLE) {
                all.add(memif(size, 1));
            }
        }
        return all;
    }

    private static Bench memif(int size, int burst) {
        return new Bench("memif/" + size + "-burst-" + burst, MEMIF, "copy", "size,burst", size + "," + burst);
    }

    public boolean isEndToEnd() {
        return method.equals(LATENCY) || method.equals(MEMIF);
    }

    /** @throws java.util.NoSuchElementException where there is none */
    static Bench named(String name) {
        return Stream.concat(all().stream(), endToEnd().stream()).filter(bench -> bench.name.equals(name)).findFirst().orElseThrow();
    }

    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
