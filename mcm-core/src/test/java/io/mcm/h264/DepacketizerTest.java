package io.mcm.h264;

import static io.mcm.h264.H264Counter.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.rtp.RtpDatagram;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DepacketizerTest {

    private static final String START = "7c85 0102";
    private static final String MIDDLE = "7c05 0304";
    private static final String END = "7c45 05";
    private static final String WHOLE = "650102030405";

    private final CheckedNalUnits sink = new CheckedNalUnits();
    private final Depacketizer depacketizer = new Depacketizer(sink);
    private int sequence;
    private int timestamp;

    static Stream<PayloadCase> cases() {
        return PayloadCase.all();
    }

    private void arrive(String... payloads) {
        Arrays.stream(payloads).forEach(payload -> arrive(RtpDatagram.of(sequence), payload));
    }

    private void arriveWithMarker(String payload) {
        arrive(RtpDatagram.of(sequence).marker(), payload);
    }

    private void arrive(RtpDatagram datagram, String payload) {
        byte[] bytes = datagram.timestamp(timestamp).payload(PayloadCase.hex(payload)).padding(3).csrcs(1, 2).bytes();
        byte[] before = bytes.clone();
        depacketizer.packet(Packets.view(bytes), sequence++, 0);
        assertThat(bytes).isEqualTo(before);
    }

    private void lose(int packets) {
        sequence += packets;
        depacketizer.lost(packets);
    }

    private List<String> units() {
        return sink.units.stream().map(HexFormat.of()::formatHex).toList();
    }

    private long count(H264Counter counter) {
        return depacketizer.counters().get(counter);
    }

    @Tag("RFC6184-5.2-01") @Tag("RFC6184-5.2-02") @Tag("RFC6184-5.6-03") @Tag("RFC6184-5.7.1-02") @Tag("RFC6184-5.7.1-05")
    @Tag("RFC6184-5.7.1-07") @Tag("RFC6184-5.8-07") @Tag("RFC6184-5.8-12") @Tag("RFC6184-5.8-18") @Tag("RFC6184-5.8-20")
    @Tag("RFC6184-6.2-02") @Tag("RFC6184-6.3-02") @Tag("RFC6184-7.1-02") @Tag("RFC6184-7.1-03")
    @ParameterizedTest
    @MethodSource("cases")
    void findsTheUnitsThatWerePacketized(PayloadCase one) {
        one.payloads().forEach(payload -> arrive(HexFormat.of().formatHex(payload)));
        assertThat(sink.units).containsExactlyElementsOf(one.units());
        assertThat(count(NAL_UNITS)).isEqualTo(one.units().size());
    }

    @Tag("RFC6184-5.8-07") @Tag("RFC6184-7.1-04")
    @Test
    void fragmentsMakeOneUnit() {
        arrive(START, MIDDLE, END);
        assertThat(units()).containsExactly(WHOLE);
    }

    @Tag("RFC6184-5.8-23")
    @Tag("RFC6184-5.8-22") @Tag("RFC6184-5.8-24") @Tag("RFC6184-7.3-02")
    @ParameterizedTest
    @CsvSource({"0, 0, 2", "1, 1, 1", "2, 1, 0"})
    void aUnitWithAnyFragmentLostIsNeverDelivered(int lost, int abandoned, int fragmentsWithoutStart) {
        List<String> fragments = List.of(START, MIDDLE, END);
        arrive("09f0");
        for (int i = 0; i < fragments.size(); i++) {
            if (i == lost) {
                lose(1);
            } else {
                arrive(fragments.get(i));
            }
        }
        arrive("4101");
        assertThat(units()).containsExactly("09f0", "4101");
        assertThat(count(FU_LOST)).isEqualTo(abandoned);
        assertThat(sink.abandoned).isEqualTo(abandoned);
        assertThat(count(FU_START_MISSING)).isEqualTo(fragmentsWithoutStart);
        assertThat(sink.losses).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4101", "78 0002 4101", "7cc1 01"})
    void anythingElseBeforeTheLastFragmentInterruptsTheUnit(String other) {
        arrive(START, other, END);
        assertThat(units()).doesNotContain(WHOLE).hasSize(1);
        assertThat(count(FU_INTERRUPTED)).isEqualTo(1);
        assertThat(count(FU_START_MISSING)).isEqualTo(1);
    }

    @Test
    void aPacketWithoutPayloadDoesNotInterruptTheUnit() {
        arrive(START, "", MIDDLE, END);
        assertThat(units()).containsExactly(WHOLE);
        assertThat(count(EMPTY_PAYLOAD)).isEqualTo(1);
    }

    @Test
    void aFragmentThatIsStartAndEndIsAWholeUnit_CostarHD() {
        arrive("7cc5 010203");
        assertThat(units()).containsExactly("65010203");
        assertThat(count(FU_WHOLE)).isEqualTo(1);
    }

    @Tag("RFC6184-5.8-17")
    @ParameterizedTest
    @ValueSource(strings = {"7ca5 0102 | 7c05 0304 | 7c45 05", "7c85 0102 | 7c25 0304 | 7c45 05", "7c85 0102 | 7c05 0304 | 7c65 05"})
    void theReservedBitOfAFragmentIsIgnored(String payloads) {
        arrive(payloads.split("\\|"));
        assertThat(units()).containsExactly(WHOLE);
    }

    @Tag("RFC6184-5.8-21")
    @Test
    void fragmentsMayCarryNothing() {
        arrive("7c85", "7c05", "7c45");
        assertThat(units()).containsExactly("65");
    }

    @Test
    void aFragmentWithoutFuHeaderEndsTheUnitAsIncomplete() {
        arrive(START, "7c", END);
        assertThat(units()).isEmpty();
        assertThat(count(FU_TOO_SHORT)).isEqualTo(1);
        assertThat(count(FU_INTERRUPTED)).isEqualTo(1);
    }

    @Tag("RFC6184-5.4-04") @Tag("RFC6184-5.8-04") @Tag("RFC6184-5.8-05")
    @ParameterizedTest
    @ValueSource(ints = {0, 24, 25, 26, 27, 28, 29, 30, 31})
    void aggregatesFragmentsAndReservedTypesCannotBeFragmented(int type) {
        arrive(String.format("7c%02x 01", 0x80 | type), String.format("7c%02x 01", 0x40 | type));
        assertThat(units()).isEmpty();
        assertThat(count(FU_TYPE)).isEqualTo(1);
        assertThat(count(FU_START_MISSING)).isEqualTo(1);
    }

    @Tag("RFC6184-5.7.1-06")
    @ParameterizedTest
    @CsvSource({
        "'78 0002 6701 0005 6802', 1",
        "'78 0002 6701 ffff',      1",
        "'78 0002 6701 00',        1",
        "'78 0003 6701',           0",
        "'78 00',                  0"})
    void whenASizeOverrunsTheUnitsBeforeItAreGood(String payload, int good) {
        arrive(payload);
        assertThat(units()).hasSize(good).allMatch("6701"::equals);
        assertThat(count(AGGREGATION_OVERRUN)).isEqualTo(1);
    }

    @Tag("RFC6184-5.7-10")
    @ParameterizedTest
    @CsvSource({"'78 0000 0002 6701 0000', 2, 1", "78, 1, 0"})
    void unitsOfSizeZeroAreCounted(String payload, int empty, int good) {
        arrive(payload);
        assertThat(units()).hasSize(good);
        assertThat(count(AGGREGATION_EMPTY)).isEqualTo(empty);
    }

    @Tag("RFC6184-5.4-03") @Tag("RFC6184-5.7-08") @Tag("RFC6184-5.7-09")
    @ParameterizedTest
    @ValueSource(ints = {0, 24, 25, 26, 27, 28, 29, 30, 31})
    void aggregatesInAggregatesAreRefusedAndTheirNeighboursKept(int type) {
        arrive(String.format("78 0002 6701 0005 %02x 0002 6802 0002 6803", 0x60 | type));
        assertThat(units()).containsExactly("6701", "6803");
        assertThat(count(AGGREGATION_TYPE)).isEqualTo(1);
    }

    @Tag("RFC6184-5.4-02")
    @ParameterizedTest
    @ValueSource(ints = {0, 30, 31})
    void reservedTypesAreCountedAndSkipped(int type) {
        arrive("6701", String.format("%02x 8501 0203", 0x60 | type), "6802");
        assertThat(units()).containsExactly("6701", "6802");
        assertThat(count(RESERVED_TYPE)).isEqualTo(1);
    }

    @Tag("RFC6184-5.3-02") @Tag("RFC6184-5.3-03")
    @ParameterizedTest
    @ValueSource(strings = {"e501", "fc85 | fc45 01", "78 0002 e501"})
    void aUnitWithTheForbiddenBitIsDeliveredAndCounted(String payloads) {
        arrive(payloads.split("\\|"));
        assertThat(units()).containsExactly("e501");
        assertThat(count(FORBIDDEN_BIT)).isEqualTo(1);
    }

    @Tag("RFC6184-5.1-03")
    @Test
    void anAccessUnitEndsAtTheMarker() {
        arrive("6701");
        arriveWithMarker("6588");
        arriveWithMarker("419a");
        assertThat(sink.accessUnits).containsExactly(2, 1);
    }

    @Tag("RFC6184-5.1-04")
    @Test
    void withoutAMarkerItEndsBeforeTheFirstUnitOfTheNextTimestamp() {
        arrive("6701", "6588");
        timestamp++;
        arrive("419a");
        assertThat(sink.accessUnits).containsExactly(2);
        depacketizer.end();
        depacketizer.end();
        assertThat(sink.accessUnits).containsExactly(2, 1);
        assertThat(count(ACCESS_UNITS)).isEqualTo(2);
    }

    @Test
    void markerAndNewTimestampAreOneEnd() {
        arriveWithMarker("6501");
        timestamp++;
        arriveWithMarker("4101");
        assertThat(sink.accessUnits).containsExactly(1, 1);
    }

    @Tag("RFC6184-5.1-04")
    @Test
    void aMarkerBeforeTheLastFragmentIsNotTheEnd() {
        arriveWithMarker(START);
        arriveWithMarker(MIDDLE);
        assertThat(sink.accessUnits).isEmpty();
        arriveWithMarker(END);
        assertThat(units()).containsExactly(WHOLE);
        assertThat(sink.accessUnits).containsExactly(1);
    }

    @Test
    void anAccessUnitOfWhichNothingIsWholeEndsToo() {
        arrive(START);
        lose(1);
        timestamp++;
        arriveWithMarker("4101");
        assertThat(sink.accessUnits).containsExactly(0, 1);
    }

    @Test
    void fragmentsOfTwoTimestampsAreNotOneUnit() {
        arrive(START);
        timestamp++;
        arrive(END);
        assertThat(units()).isEmpty();
        assertThat(count(FU_INTERRUPTED)).isEqualTo(1);
        assertThat(count(FU_START_MISSING)).isEqualTo(1);
    }

    @Test
    void theEndOfTheStreamAbandonsWhatIsOpen() {
        arrive("6701", START);
        depacketizer.end();
        arrive(END);
        assertThat(units()).containsExactly("6701");
        assertThat(count(FU_INTERRUPTED)).isEqualTo(1);
        assertThat(sink.accessUnits).containsExactly(1);
    }

    @Test
    void aUnitIsGivenWithTheSequenceTimestampAndArrivalOfItsFirstPacket() {
        depacketizer.packet(RtpDatagram.of(1).timestamp(7).view(), 65_537, 42);
        assertThat(sink.origin.extendedSequence()).isEqualTo(65_537);
        assertThat(sink.origin.sequence()).isEqualTo(1);
        assertThat(sink.origin.timestamp()).isEqualTo(7);
        assertThat(sink.origin.arrivalNanos()).isEqualTo(42);
    }
}
