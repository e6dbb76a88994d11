package io.mcm.conformance.suite;

import java.util.List;
import java.util.stream.Stream;

/** Every case there is. */
public final class Catalogue {

    private Catalogue() {}

    public static List<ConformanceCase> all() {
        return Stream.of(RtpCases.all()).flatMap(List::stream).toList();
    }
}
