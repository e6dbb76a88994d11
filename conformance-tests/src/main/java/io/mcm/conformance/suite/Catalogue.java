package io.mcm.conformance.suite;

import java.util.List;
import java.util.stream.Stream;

/** Every case there is. */
public final class Catalogue {

    private Catalogue() {}

    /** Last come those that leave sessions unmapped: a proxy that stalls on one, as 24.09 does (fault 8), fails what follows for no reason of its own. */
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
            SessionCases.unmapped()).flatMap(List::stream).toList();
    }
}
