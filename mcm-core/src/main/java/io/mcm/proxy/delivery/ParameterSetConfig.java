package io.mcm.proxy.delivery;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Which parameter sets are delivered besides those that the camera sends, and when.
 *
 * @param described NAL units of the session description, header byte first; a set that comes with one's id takes its place
 */
public record ParameterSetConfig(ParameterSetPolicy policy, List<MemorySegment> described) {

    public static final ParameterSetConfig AS_SENT = new ParameterSetConfig(ParameterSetPolicy.AS_SENT, List.of());

    public ParameterSetConfig {
        described = List.copyOf(described);
    }
}
