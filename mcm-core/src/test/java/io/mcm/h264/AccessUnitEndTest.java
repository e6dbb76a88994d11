package io.mcm.h264;

import static io.mcm.h264.H264Counter.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.rtp.RtpDatagram;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where access units end, also when marker or timestamp lie (RFC 6184 section 5.1, H.264 section 7.4.1.2.3). */
class AccessUnitEndTest {

    /** Slices of which the first begins its picture (first_mb_in_slice 0) and the second goes on with it. */
    private static final String TOP = "4188";
    private static final String REST = "4144";
    private static final long SECOND = 1_000_000_000L;

    private final CheckedNalUnits sink = new CheckedNalUnits();
    private Depacketizer depacketizer = new Depacketizer(sink);
    private int sequence;
    private long now;

    /** Each packet is {@code timestamp[M]:payload}. */
    private void arrive(String... packets) {
        for (String packet : packets) {
            String[] parts = packet.split(":");
            RtpDatagram datagram = RtpDatagram.of(sequence).timestamp(Integer.parseInt(parts[0].replace("M", "")))
                .payload(PayloadCase.hex(parts[1]));
            byte[] bytes = (parts[0].endsWith("M") ? datagram.marker() : datagram).bytes();
            depacketizer.packet(Packets.view(bytes), sequence++, now);
        }
    }

    private long count(H264Counter counter) {
        return depacketizer.counters().get(counter);
    }

    static Stream<Arguments> streams() {
        return Stream.of(
            stream("marker and timestamp agree", "1:6742 1:6801 1M:6588 2M:4188", List.of(3, 1), 0, 0, 0),
            stream("several slices", "1:4188 1M:4144 2:4188 2M:4144", List.of(2, 2), 0, 0, 0),
            stream("parameter sets between the slices of one picture, as GStreamer's config-interval=-1 has them",
                "1:6742 1:6801 1:6588 1:6742 1:6801 1M:6544", List.of(6), 0, 0, 0),
            stream("no marker at all", "1:6742 1:6588 2:4188 3:4188", List.of(2, 1, 1), 0, 0, 0),
            stream("a marker on every packet: the first picture falls apart, then the marker is not believed",
                "1M:6742 1M:6801 1M:6588 1M:6544 2M:4188 2M:4144 3M:4188", List.of(3, 1, 2, 1), 3, 0, 0),
            stream("a marker on the parameter sets", "1:6742 1M:6801 1M:6588 2M:4188", List.of(3, 1), 1, 0, 0),
            stream("parameter sets with a timestamp of their own, without marker", "1:6742 1:6801 2M:6588 3M:4188", List.of(3, 1), 0, 1, 0),
            stream("a timestamp for each slice, without marker between", "1:4188 2M:4144 3:4188 4M:4144", List.of(2, 2), 0, 2, 0),
            stream("a timestamp that never changes, with a true marker", "1M:6588 1M:4188 1M:4188", List.of(1, 1, 1), 0, 0, 0),
            stream("a timestamp that never changes and a marker on every packet",
                "1M:6588 1M:6544 1M:4188 1M:4144 1M:4188", List.of(1, 1, 2, 1), 1, 0, 2));
    }

    private static Arguments stream(String name, String packets, List<Integer> accessUnits, long early, long split, long stuck) {
        return Arguments.of(name, packets, accessUnits, early, split, stuck);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("streams")
    void endsAccessUnitsWhereTheyEnd(String name, String packets, List<Integer> accessUnits, long early, long split, long stuck) {
        arrive(packets.split(" "));
        depacketizer.end();
        assertThat(sink.accessUnits).containsExactlyElementsOf(accessUnits);
        assertThat(count(MARKER_EARLY)).isEqualTo(early);
        assertThat(count(TIMESTAMP_SPLIT)).isEqualTo(split);
        assertThat(count(TIMESTAMP_STUCK)).isEqualTo(stuck);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1M:6742 1M:6588 2M:4188", "1:6588 2:4144 2M:4144"})
    void ifStrictMarkerAndTimestampAreObeyed(String packets) {
        depacketizer = new Depacketizer(DepacketizerConfig.defaults().withStrict(true), sink);
        arrive(packets.split(" "));
        depacketizer.end();
        int markersAndChanges = (int) Arrays.stream(packets.split(" ")).filter(packet -> packet.contains("M")).count();
        assertThat(sink.accessUnits).hasSize(Math.max(2, markersAndChanges));
        assertThat(count(MARKER_EARLY) + count(TIMESTAMP_SPLIT)).isZero();
    }

    @Test
    void aMarkerThatLiedIsBelievedAgainAfterSixtyTrueOnes() {
        arrive("1M:" + TOP, "1M:" + REST);
        int timestamp = 2;
        for (int i = 0; i < 59; i++) {
            arrive(timestamp++ + "M:" + TOP);
        }
        assertThat(sink.accessUnits).as("the last one is open").hasSize(2 + 58);
        arrive(timestamp + "M:" + TOP);
        assertThat(sink.accessUnits).as("the marker ends this one at once").hasSize(2 + 60);
        assertThat(count(MARKER_EARLY)).isEqualTo(1);
    }

    @Test
    void afterALossANewTimestampIsANewAccessUnitWhateverItsSliceSays() {
        arrive("1:" + TOP);
        depacketizer.lost(2);
        arrive("2M:" + REST);
        assertThat(sink.accessUnits).containsExactly(1, 1);
        assertThat(count(TIMESTAMP_SPLIT)).isZero();
    }

    @Test
    void whereASecondPassesWithoutMarkerOrNewTimestampTheSlicesTell() {
        arrive("1:" + TOP);
        now += SECOND / 25;
        arrive("1:" + TOP);
        assertThat(sink.accessUnits).isEmpty();
        now += 2 * SECOND;
        arrive("1:" + REST, "1:" + TOP);
        assertThat(sink.accessUnits).containsExactly(3);
        assertThat(count(TIMESTAMP_STUCK)).isEqualTo(1);
    }

    @Test
    void whatEndsAStreamEndsTheBeliefAboutItsMarkers() {
        arrive("1M:" + TOP, "1M:" + REST);
        depacketizer.end();
        arrive("2M:" + TOP);
        assertThat(sink.accessUnits).containsExactly(1, 1, 1);
        assertThat(sink.streams).isEqualTo(1);
    }
}
