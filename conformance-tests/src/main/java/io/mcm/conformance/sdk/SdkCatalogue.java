package io.mcm.conformance.sdk;

import io.mcm.conformance.suite.ConformanceCase;
import java.util.List;
import java.util.stream.Stream;

/** Every case for an SDK. */
public final class SdkCatalogue {

    private SdkCatalogue() {}

    public static List<ConformanceCase> of(SdkCommand sdk) {
        return Stream.of(
            SdkControlCases.all(sdk),
            SdkMemifCases.all(sdk),
            SdkDeliveryCases.all(sdk),
            SdkAbuseCases.all(sdk),
            SdkEndCases.all(sdk)).flatMap(List::stream).toList();
    }
}
