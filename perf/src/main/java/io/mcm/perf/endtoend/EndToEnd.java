package io.mcm.perf.endtoend;

import io.mcm.perf.latency.LatencyCurve;
import io.mcm.perf.memif.RingThroughput;
import java.util.List;

/**
 * What a run measured end to end, values beside their calibrations.
 *
 * @param latency a curve for each rate; none where it was not selected
 * @param memif   by size; none where it was not selected
 */
public record EndToEnd(List<LatencyCurve> latency, List<RingThroughput> memif) {

    public static final EndToEnd NONE = new EndToEnd(List.of(), List.of());

    public EndToEnd {
        latency = List.copyOf(latency);
        memif = List.copyOf(memif);
    }
}
