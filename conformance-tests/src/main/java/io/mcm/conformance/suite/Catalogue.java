package io.mcm.conformance.suite;

import java.util.List;
import java.util.stream.Stream;

/** Every case there is. */
public final class Catalogue {

    private Catalogue() {}

    /** Last come those that may leave sessions unmapped: where a proxy stalls on one, as 24.09 (fault 8), what follows would fail for it. */
    public static List<ConformanceCase> all() {
        return Stream.of(
            ControlCases.all(),
            ControlAbuseCases.all(),
            MemifCases.all(),
            RtpCases.all(),
            RtpHeaderCases.all(),
            RtpOddCases.all(),
            InterleavedCases.all(),
            LossCases.all(),
            SessionCases.all(),
            DeliveryCases.all(),
            LimitCases.all(),
            EnduranceCases.all(),
            MemifAbuseCases.all(),
            SessionCases.last()).flatMap(List::stream).toList();
    }
}
