package io.mcm.conformance.suite;

import java.util.List;
import java.util.stream.Stream;

/** Every case there is. */
public final class Catalogue {

    private Catalogue() {}

    public static List<ConformanceCase> all() {
        return Stream.of(
            ControlCases.all(),
            ControlAbuseCases.all(),
            MemifCases.all(),
            MemifAbuseCases.all(),
            RtpCases.all(),
            RtpHeaderCases.all(),
            RtpOddCases.all(),
            InterleavedCases.all(),
            LossCases.all(),
            SessionCases.all(),
            DeliveryCases.all(),
            LimitCases.all(),
            EnduranceCases.all()).flatMap(List::stream).toList();
    }
}
