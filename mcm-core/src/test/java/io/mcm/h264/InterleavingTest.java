package io.mcm.h264;

import static io.mcm.h264.H264Counter.*;
import static io.mcm.h264.InterleavingPattern.Structure.STAP_B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.rtp.RtpDatagram;
import io.mcm.rtp.RtpPacket;
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

/** Packetization mode 2, both ways (RFC 6184 sections 5.5, 5.7, 5.8 and 7.2). */
class InterleavingTest {

    private static final HexFormat HEX = HexFormat.of();

    private final CheckedNalUnits sink = new CheckedNalUnits();
    private Depacketizer depacketizer = new Depacketizer(sink);
    private int sequence;
    private long now;

    static Stream<InterleavedCase> cases() {
        return InterleavedCase.all();
    }

    private void waitFor(Interleaving interleaving) {
        depacketizer = new Depacketizer(DepacketizerConfig.defaults().withInterleaving(interleaving), sink);
    }

    private void depth(int depth) {
        waitFor(Interleaving.defaults().withDepth(depth));
    }

    private void arrive(String... payloads) {
        Arrays.stream(payloads).forEach(payload -> arriveAt(0, payload));
    }

    private void arriveAt(int timestamp, String payload) {
        byte[] bytes = RtpDatagram.of(sequence).timestamp(timestamp).payload(PayloadCase.hex(payload)).bytes();
        depacketizer.packet(Packets.view(bytes), sequence++, now);
    }

    private List<String> units() {
        return sink.units.stream().map(HEX::formatHex).toList();
    }

    private long count(H264Counter counter) {
        return depacketizer.counters().get(counter);
    }

    /** One slice in an STAP-B; its last byte tells its DON's low 8 bits. */
    private static String slice(int don) {
        return "79 %04x 0003 4180%02x".formatted(don & 0xffff, don & 0xff);
    }

    private static String sliceUnit(int don) {
        return "4180%02x".formatted(don & 0xff);
    }

    @Tag("RFC6184-5.5-15") @Tag("RFC6184-5.7.2-05")
    @Tag("RFC6184-5.5-08") @Tag("RFC6184-5.7-01") @Tag("RFC6184-5.7.1-03") @Tag("RFC6184-5.7.1-04") @Tag("RFC6184-5.7.2-01")
    @Tag("RFC6184-5.7.2-02") @Tag("RFC6184-5.7.2-03") @Tag("RFC6184-5.7.2-06") @Tag("RFC6184-5.7.2-07")
    @Tag("RFC6184-5.7.2-10") @Tag("RFC6184-5.8-08") @Tag("RFC6184-5.8-09") @Tag("RFC6184-5.8-11") @Tag("RFC6184-5.8-19")
    @ParameterizedTest
    @MethodSource("cases")
    void makesThesePackets(InterleavedCase one) {
        List<byte[]> packets = InterleavedPackets.of(InterleavedPackets.config(one.maxPacketLength(), one.aggregate()), one.pattern(), 0,
            one.firstDon(), one.accessUnits());
        assertThat(packets.stream().map(Packets::view).map(InterleavingTest::text)).containsExactlyElementsOf(one.packets());
    }

    private static String text(RtpPacket packet) {
        return packet.timestamp() + (packet.marker() ? "M " : " ") + HEX.formatHex(Packets.payload(packet));
    }

    @Tag("RFC6184-5.5-02") @Tag("RFC6184-5.5-03") @Tag("RFC6184-5.7.1-03") @Tag("RFC6184-5.7.1-04") @Tag("RFC6184-5.7.2-01")
    @Tag("RFC6184-5.7.2-03") @Tag("RFC6184-5.8-08") @Tag("RFC6184-5.8-11") @Tag("RFC6184-6.4-02") @Tag("RFC6184-7.2.2-01")
    @ParameterizedTest
    @MethodSource("cases")
    void findsTheUnitsInDecodingOrderThatWerePacketized(InterleavedCase one) {
        for (String packet : one.packets()) {
            String[] parts = packet.split(" ");
            arriveAt(Integer.parseInt(parts[0].replace("M", "")), parts[1]);
        }
        depacketizer.end();
        assertThat(units()).containsExactlyElementsOf(one.hexUnits());
        assertThat(sink.accessUnits).containsExactlyElementsOf(one.accessUnits().stream().map(List::size).toList());
    }

    @Tag("RFC6184-8.1-21")
    @ParameterizedTest
    @CsvSource({"1, 1, 0", "4, 1, 0", "2, 2, 0", "3, 2, 1", "4, 2, 1", "6, 2, 2", "6, 3, 2", "8, 2, 3", "9, 3, 4"})
    void thePatternTellsItsInterleavingDepth(int group, int stride, int depth) {
        assertThat(new InterleavingPattern(group, stride, STAP_B).depth()).isEqualTo(depth);
    }

    @Tag("RFC6184-5.5-09")
    @ParameterizedTest
    @CsvSource({"0, 0, 0", "0, 1, 1", "1, 0, -1", "65535, 0, 1", "0, 65535, -1", "0, 32767, 32767", "0, 32768, -32768", "40000, 10, 25546"})
    void donDifferenceIsTheShortestWay_RFC6184_5_5(int from, int to, int difference) {
        assertThat(DecodingOrder.difference(from, to)).isEqualTo(difference);
    }

    @Tag("RFC6184-7.2.2-02") @Tag("RFC6184-7.2.2-05")
    @Test
    void aUnitWaitsUntilMoreSlicesThanTheDepthHaveCome_RFC6184_7_2_2() {
        depth(2);
        arrive(slice(5), slice(7));
        assertThat(units()).isEmpty();
        arrive(slice(6));
        assertThat(units()).containsExactly(sliceUnit(5));
        arrive(slice(8), slice(9));
        assertThat(units()).containsExactly(sliceUnit(5), sliceUnit(6), sliceUnit(7));
    }

    @Tag("RFC6184-7.2.2-02")
    @Test
    void onlySlicesCountTowardsTheDepth_RFC6184_7_2_2() {
        depth(1);
        arrive("79 0001 0002 6701", "79 0002 0002 6801", "79 0003 0002 0601", slice(4));
        assertThat(units()).isEmpty();
        arrive(slice(5));
        assertThat(units()).containsExactly("6701", "6801", "0601", sliceUnit(4));
    }

    @Tag("RFC6184-7.2.2-03") @Tag("RFC6184-7.2.2-06")
    @Test
    void aUnitGoesWhenOneFarEnoughBehindItHasCome_RFC6184_7_2_2() {
        waitFor(Interleaving.defaults().withMaxDonDiff(3));
        arrive(slice(1), slice(4));
        assertThat(units()).isEmpty();
        arrive(slice(5));
        assertThat(units()).containsExactly(sliceUnit(1));
    }

    @Tag("RFC6184-5.5-08") @Tag("RFC6184-5.5-14") @Tag("RFC6184-7.2.2-07")
    @Test
    void decodingOrderNumbersWrap_RFC6184_5_5() {
        arrive(slice(1), slice(0xffff), slice(0), slice(0xfffe));
        depacketizer.end();
        assertThat(units()).containsExactly(sliceUnit(0xfffe), sliceUnit(0xffff), sliceUnit(0), sliceUnit(1));
    }

    @Tag("RFC6184-5.5-10") @Tag("RFC6184-7.2.2-09")
    @Test
    void unitsOfOneDecodingOrderNumberKeepTheirOrder() {
        arrive("79 0003 0003 418001", "79 0002 0003 418002", "79 0003 0003 418003");
        depacketizer.end();
        assertThat(units()).containsExactly("418002", "418001", "418003");
    }

    @Tag("RFC6184-7.2.2-10")
    @Test
    void aUnitFromBeforeTheLastDeliveredIsLate() {
        depth(0);
        arrive(slice(5), slice(4), slice(5), slice(6));
        assertThat(units()).containsExactly(sliceUnit(5), sliceUnit(5), sliceUnit(6));
        assertThat(count(DON_LATE)).isEqualTo(1);
    }

    @Test
    void numbersThatLeapBackAreFollowedAfterAWhile() {
        depth(0);
        arrive(slice(20_000));
        for (int don = 0; don < 40; don++) {
            arrive(slice(don));
        }
        assertThat(count(DON_LATE)).isEqualTo(32);
        assertThat(units()).hasSize(1 + 8).endsWith(sliceUnit(39));
    }

    @Test
    void afterASilenceEverythingGoes() {
        now = 1000;
        arrive(slice(3), slice(2));
        long deadline = now + Interleaving.DEFAULT_SILENCE_NANOS;
        assertThat(depacketizer.deadline()).isEqualTo(deadline);
        depacketizer.poll(deadline - 1);
        assertThat(units()).isEmpty();
        depacketizer.poll(deadline);
        assertThat(units()).containsExactly(sliceUnit(2), sliceUnit(3));
        assertThat(depacketizer.deadline()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whenTheBufferIsFullTheFirstUnitsGoEarlyAndItNeverHoldsMore() {
        waitFor(Interleaving.defaults().withMaxBytes(3 * StoredUnit.MIN_CAPACITY));
        arrive(slice(9), slice(8), slice(7));
        assertThat(units()).isEmpty();
        arrive(slice(6));
        assertThat(units()).containsExactly(sliceUnit(7));
        assertThat(count(DEINTERLEAVE_EARLY)).isEqualTo(1);
        assertThat(count(DON_LATE)).isZero();
    }

    @Test
    void aUnitLongerThanTheBufferIsDroppedAndItsNeighboursKept() {
        waitFor(Interleaving.defaults().withMaxBytes(StoredUnit.MIN_CAPACITY));
        arrive("7d 85 0001" + "aa".repeat(1500), "7c 05" + "bb".repeat(1000), "7c 45 cc", slice(2));
        depacketizer.end();
        assertThat(units()).containsExactly(sliceUnit(2));
        assertThat(count(DEINTERLEAVE_OVERSIZED)).isEqualTo(1);
    }

    @Tag("RFC6184-5.7.2-08")
    @Test
    void theTimestampOfAUnitInAnMtapIsThePacketsPlusItsUnsignedOffset_RFC6184_5_7_2() {
        depth(0);
        arriveAt(-1, "7a 0000 0003 00 ffff 658001");
        assertThat(sink.origin.timestamp()).isEqualTo(0xfffe);
        arriveAt(-1, "7b 0001 0003 00 ffffff 658001");
        assertThat(sink.origin.timestamp()).isEqualTo(0xff_fffe);
    }

    @Tag("RFC6184-5.7.2-04") @Tag("RFC6184-5.7.2-09")
    @Test
    void donOfAUnitInAnMtapIsTheBasePlusItsDifference_RFC6184_5_7_2() {
        arrive("7a fff0 0003 ff 0000 658001 0003 00 0000 658002");
        depacketizer.end();
        assertThat(units()).containsExactly("658002", "658001");
    }

    @Tag("RFC6184-5.7.1-06")
    @ParameterizedTest
    @ValueSource(strings = {"79", "79 00", "7a 0000 0003", "7a 0000 0003 00 0000 6588", "7b 0000 0001 00 0000", "7a 0000 ffff 00 0000 65 88"})
    void whatReachesPastItsPacketIsRefused(String payload) {
        arrive(payload);
        depacketizer.end();
        assertThat(units()).isEmpty();
        assertThat(count(AGGREGATION_OVERRUN)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"79 0000", "7a 0000", "7b 0000", "79 0000 0000", "7a 0000 0000 00 0000"})
    void aggregatesWithoutAUnitAreCounted(String payload) {
        arrive(payload);
        assertThat(count(AGGREGATION_EMPTY)).isEqualTo(1);
    }

    @Tag("RFC6184-5.8-10")
    @Test
    void anFuBIsOnlyTheFirstFragment_RFC6184_5_8() {
        arrive("7d 85 0001 aa", "7d 05 0001 bb", "7c 45 cc");
        depacketizer.end();
        assertThat(units()).isEmpty();
        assertThat(count(FU_B_NOT_FIRST)).isEqualTo(1);
        assertThat(count(FU_INTERRUPTED)).isEqualTo(1);
        assertThat(count(FU_START_MISSING)).isEqualTo(1);
    }

    @Test
    void aLostFragmentOfAnFuBDropsItsUnitAlone() {
        arrive("7d 85 0002 aa");
        depacketizer.lost(1);
        arrive("7c 45 cc", slice(1), slice(3));
        depacketizer.end();
        assertThat(units()).containsExactly(sliceUnit(1), sliceUnit(3));
        assertThat(count(FU_LOST)).isEqualTo(1);
        assertThat(sink.losses).containsExactly(1);
    }

    @Test
    void aStreamThatLeavesMode2IsNotHeldBack() {
        arrive(slice(2), "4199");
        assertThat(units()).containsExactly(sliceUnit(2), "4199");
    }

    /** Found by fuzzing: the waiting unit came between the fragments. */
    @Test
    void aStreamThatLeavesMode2WithAFragmentIsNotHeldBackEither() {
        depth(3);
        arrive(slice(1), "7c85 8001");
        now += Interleaving.DEFAULT_SILENCE_NANOS;
        depacketizer.poll(now);
        arrive("7c45 02");
        assertThat(units()).containsExactly(sliceUnit(1), "65800102");
    }

    @Test
    void unitsOfTheirHeaderAloneFillTheBufferToo() {
        waitFor(Interleaving.defaults().withMaxBytes(4 * StoredUnit.MIN_CAPACITY));
        for (int i = 0; i < 1000; i++) {
            arrive("7a 0001 0001 00 0000 06 0001 00 0000 06");
        }
        assertThat(units()).hasSizeGreaterThanOrEqualTo(2 * 1000 - 4);
        assertThat(count(DEINTERLEAVE_EARLY)).isEqualTo(units().size());
    }

    @Test
    void theEndOfTheStreamForgetsItsDecodingOrder() {
        depth(0);
        arrive(slice(30_000));
        depacketizer.end();
        arrive(slice(1));
        assertThat(units()).containsExactly(sliceUnit(30_000), sliceUnit(1));
        assertThat(count(DON_LATE)).isZero();
        assertThat(sink.streams).isEqualTo(1);
    }

    @Test
    void patternsAndPacketsThatCannotBeAreRefusedWithTheirValue() {
        assertThatThrownBy(() -> new InterleavingPattern(0, 1, STAP_B)).hasMessageContaining("group of 0 units; allowed are 1 to 32767");
        assertThatThrownBy(() -> new InterleavingPattern(3, 4, STAP_B)).hasMessageContaining("stride 4; allowed are 1 to the group's 3");
        InterleavingPattern pattern = new InterleavingPattern(1, 1, STAP_B);
        assertThatThrownBy(() -> new InterleavedPacketizer(PacketizerConfig.defaults(1), pattern, 0, 0, (_, _, _) -> { }))
            .hasMessageContaining("NON_INTERLEAVED; only INTERLEAVED");
        assertThatThrownBy(() -> new InterleavedPacketizer(InterleavedPackets.config(16, false), pattern, 0, 0, (_, _, _) -> { }))
            .hasMessageContaining("packets of 16 bytes; mode 2 needs 17");
    }
}
