package io.mcm.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;

import io.mcm.conformance.run.PlayedCases;
import io.mcm.conformance.suite.ConformanceCase;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code mcm conformance --sdk} as tests: every case against {@code mcm recv}, and what ends a session against one that reconnects. */
class SdkSuiteTest {

    private static final String C_SDK = "MCM_C_SDK";
    /** What MCM 24.09's own SDK does as it should, whatever else it does. */
    private static final List<String> OF_THE_C_SDK = List.of("sdk/create-is-well-formed", "sdk/query-follows", "sdk/handshake", "sdk/one-unit",
        "sdk/access-unit-of-five", "sdk/burst-of-64", "sdk/largest-unit-that-fits", "sdk/unit-of-five-megabytes", "sdk/thousand-units",
        "sdk/ring-index-wraps", "sdk/gives-buffers-back", "sdk/destroy-when-stopped");

    @TestFactory
    Stream<DynamicContainer> everyCase() throws IOException {
        return Stream.of(played(SdkCommand.ours(), ""), played(SdkCommand.ours("--reconnect"), "sdk/(memif-goes|disconnect|proxy-.*)"));
    }

    /** {@code MCM_C_SDK} is a command line as {@code --sdk} takes it. */
    @TestFactory
    Stream<DynamicTest> theCSdkDoesWhatItPromises() throws IOException {
        String command = System.getenv(C_SDK);
        if (command == null) {
            // Not even in CI: it can be had from its sources only.
            abort(C_SDK + " is not set: the command line of a receiver on MCM 24.09's C SDK, with %UDP% and %OUT%");
        }
        SdkCommand sdk = SdkCommand.parse(command);
        return PlayedCases.of(new SdkTarget(sdk), SdkCatalogue.of(sdk).stream().filter(each -> OF_THE_C_SDK.contains(each.id())).toList());
    }

    private static DynamicContainer played(SdkCommand sdk, String only) throws IOException {
        return dynamicContainer(sdk.name(), PlayedCases.of(new SdkTarget(sdk),
            SdkCatalogue.of(sdk).stream().filter(each -> only.isEmpty() || each.id().matches(only)).toList()));
    }

    @Test
    void everyCaseHasItsOwnIdAndARequirement() {
        assertThat(SdkCatalogue.of(SdkCommand.ours())).extracting(ConformanceCase::id).doesNotHaveDuplicates();
        assertThat(SdkCatalogue.of(SdkCommand.ours())).allSatisfy(each -> assertThat(each.requirements()).as(each.id()).isNotEmpty());
    }

    @Test
    void theFaultsOfTheCSdkAreEachFoundByACase() {
        assertThat(SdkCatalogue.of(SdkCommand.ours()).stream().flatMap(each -> each.faults().stream()).distinct()).contains(22, 23, 24, 25, 26);
    }

    @Test
    void wordsOfACommandLineMayBeQuoted() {
        assertThat(SdkCommand.parse("/opt/a\\ receiver '%UDP%' \"my %OUT%\" --x='a b'").words())
            .containsExactly("/opt/a\\", "receiver", "%UDP%", "my %OUT%", "--x=a b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "recv", "recv %UDP%", "recv %OUT%", "recv '%UDP% %OUT%"})
    void whatIsNoCommandLineIsRefused(String text) {
        assertThat(catchThrowable(() -> SdkCommand.parse(text)))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("'" + text + "'");
    }
}
