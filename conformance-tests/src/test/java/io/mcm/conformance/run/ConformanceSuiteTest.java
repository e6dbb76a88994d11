package io.mcm.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;

import io.mcm.conformance.suite.Catalogue;
import io.mcm.conformance.suite.ConformanceCase;
import io.mcm.conformance.target.External;
import io.mcm.conformance.target.InProcess;
import io.mcm.conformance.target.OwnProcess;
import io.mcm.conformance.target.Target;
import io.mcm.control.DeliveryUnit;
import io.mcm.proxy.MediaProxy;
import io.mcm.proxy.SessionConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * {@code mcm conformance} as tests: every case against our proxy in this process and in one of its own, or with
 * {@code -Dmcm.target=HOST:PORT} against anybody's. What could not be tested is an aborted test, never a good one.
 */
class ConformanceSuiteTest {

    /** Of a thousand sessions, most of them abused, each line would be one of ours; held, because loggers are held weakly. */
    private static final Logger PRODUCT = Logger.getLogger("io.mcm");
    private static final String TARGET = System.getProperty("mcm.target", "");
    /** A case that outruns it would find a loss where none is. */
    private static final int LOG2_SHORT_RING = 3;
    /** Cases that tell nothing about a process of its own that they did not tell in this one, and last. */
    private static final String LONG = "endurance/.*|memif/ring-index-wraps|rtp/camera-restarts.*|limits/hundred.*";

    @BeforeAll
    static void quietly() {
        PRODUCT.setLevel(Level.SEVERE);
    }

    @AfterAll
    static void asBefore() {
        PRODUCT.setLevel(null);
    }

    @TestFactory
    Stream<DynamicContainer> everyCase() throws IOException {
        if (!TARGET.isEmpty()) {
            return Stream.of(played(new External(address(TARGET)), Catalogue.all()));
        }
        List<ConformanceCase> quick = Catalogue.all().stream().filter(each -> !each.id().matches(LONG)).toList();
        return Stream.of(
            played(new InProcess("in process", directory -> start(directory, DeliveryUnit.NALU)), Catalogue.all()),
            played(new InProcess("in process, access units", directory -> start(directory, DeliveryUnit.ACCESS_UNIT)), quick),
            played(new InProcess("in process, rings of eight", directory -> start(directory, DeliveryUnit.NALU, LOG2_SHORT_RING)), quick),
            played(OwnProcess.ofOurs(), quick));
    }

    private static MediaProxy start(Path directory, DeliveryUnit unit) throws IOException {
        return start(directory, unit, SessionConfig.DEFAULT_LOG2_RING_SIZE);
    }

    private static MediaProxy start(Path directory, DeliveryUnit unit, int log2RingSize) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        return MediaProxy.start(new InetSocketAddress(loopback, 0), new SessionConfig(loopback, directory, unit,
            SessionConfig.DEFAULT_BUFFER_LENGTH, log2RingSize));
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        assertThat(colon).as("-Dmcm.target=%s, must be HOST:PORT", text).isPositive();
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    private static DynamicContainer played(Target target, List<ConformanceCase> cases) throws IOException {
        return dynamicContainer(target.name(), PlayedCases.of(target, cases));
    }

    @Test
    void everyCaseHasItsOwnId() {
        assertThat(Catalogue.all()).extracting(ConformanceCase::id).doesNotHaveDuplicates();
    }

    /** The others cannot be seen from outside; the README says why. */
    @Test
    void theFaultsOfUpstreamThatShowAreEachFoundByACase() {
        List<Integer> shown = List.of(1, 2, 3, 4, 5, 6, 8, 9, 11, 13, 14, 15, 16, 17, 18, 19, 21, 22, 24, 25);
        assertThat(Catalogue.all().stream().flatMap(each -> each.faults().stream()).distinct()).containsAll(shown);
    }
}
