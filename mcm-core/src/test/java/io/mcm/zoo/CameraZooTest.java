package io.mcm.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.h264.Depacketizer;
import io.mcm.h264.DepacketizerConfig;
import io.mcm.h264.H264Counter;
import io.mcm.rtp.ReceiverConfig;
import io.mcm.rtp.RtpCounter;
import io.mcm.rtp.RtpReceiver;
import java.lang.foreign.MemorySegment;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every device of the zoo through receiver and depacketizer: what is delivered, what is counted, what {@code strict} refuses. */
class CameraZooTest {

    /** Every other counter of both enums tells of something that is not as it should be. */
    private static final Set<String> GOOD = Set.of(RtpCounter.PACKETS.label(), RtpCounter.BYTES.label(), H264Counter.NAL_UNITS.label(),
        H264Counter.ACCESS_UNITS.label());

    static List<Fixture> fixtures() throws URISyntaxException {
        return Fixture.all(Path.of(CameraZooTest.class.getResource("units.txt").toURI()).getParent());
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void isTakenAndCounted(Fixture camera) {
        Outcome outcome = outcome(camera, false);
        if (camera.awaits().isPresent()) {
            assertThat(outcome).as("what it awaits is there: %s", camera.awaits().get()).isNotEqualTo(camera.tolerant());
        } else {
            assertThat(outcome).isEqualTo(camera.tolerant());
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void isRefusedIfStrict(Fixture camera) {
        if (camera.awaits().isEmpty()) {
            assertThat(outcome(camera, true)).isEqualTo(camera.strict());
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void hasItsSource(Fixture camera) {
        assertThat(camera.threads()).isNotEmpty().allMatch(thread -> thread.matches("https://github\\.com/\\S+ \\S.*"));
        assertThat(camera.says()).endsWith(".");
    }

    @Test
    void theZooIsNotEmpty() throws URISyntaxException {
        assertThat(fixtures()).hasSizeGreaterThan(30).doesNotHaveDuplicates();
    }

    private static Outcome outcome(Fixture camera, boolean strict) {
        DepacketizerConfig config = DepacketizerConfig.defaults().withStrict(strict);
        Delivered delivered = new Delivered();
        Depacketizer depacketizer =
            new Depacketizer(camera.declared().isPresent() ? config.withDeclaredMode(camera.declared().get()) : config, delivered);
        RtpReceiver receiver = new RtpReceiver(ReceiverConfig.defaults().withStrict(strict), depacketizer);
        for (Fixture.Arrival arrival : camera.arrivals()) {
            long now = TimeUnit.MILLISECONDS.toNanos(arrival.millis());
            receiver.poll(now);
            receiver.accept(MemorySegment.ofArray(arrival.datagram()), 0, arrival.datagram().length, now);
        }
        receiver.flush();
        SortedMap<String, Long> counts = new TreeMap<>();
        addTrouble(counts, receiver.counters().snapshot());
        addTrouble(counts, depacketizer.counters().snapshot());
        return new Outcome(delivered.units, delivered.accessUnits, counts);
    }

    private static void addTrouble(Map<String, Long> to, Map<String, Long> counters) {
        counters.forEach((name, value) -> {
            if (value > 0 && !GOOD.contains(name)) {
                to.put(name, value);
            }
        });
    }
}
