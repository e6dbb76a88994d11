package io.mcm.proxy;

import io.mcm.h264.parameter.SequenceParameterSet;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a session knows of its camera's stream.
 *
 * @param ssrc of the selected source, 0 to 2^32-1; empty while none has sent
 * @param jitterSeconds RFC 3550 section 6.4.1, of the selected source
 * @param video the first sequence parameter set that is known; empty while none has come that can be read
 */
public record StreamFacts(OptionalLong ssrc, double jitterSeconds, Optional<SequenceParameterSet> video) {}
