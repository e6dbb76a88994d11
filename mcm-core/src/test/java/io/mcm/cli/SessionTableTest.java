package io.mcm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.memif.MemifCounter;
import io.mcm.metric.Counter;
import io.mcm.metric.Histogram;
import io.mcm.proxy.SessionReport;
import io.mcm.proxy.StreamFacts;
import io.mcm.proxy.delivery.DeliveryCounter;
import io.mcm.rtp.RtpCounter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTableTest {

    private static final Histogram.Snapshot NOTHING = new Histogram().snapshot();
    private static final int WIDE = 200;

    private static SessionReport report(int id, Map<Counter, Long> counts) {
        StreamFacts stream = new StreamFacts(OptionalLong.of(0x1234), 0, Optional.empty());
        return new SessionReport(id, 5000 + id, 0, stream, counts, NOTHING, NOTHING);
    }

    private static SessionReport at(int id, long packets, long bytes, long units) {
        return report(id, Map.of(RtpCounter.PACKETS, packets, RtpCounter.BYTES, bytes, DeliveryCounter.UNITS, units, RtpCounter.LOST, 7L,
            DeliveryCounter.RING_FULL, 2L, DeliveryCounter.NO_CONSUMER, 3L, MemifCounter.CONNECTED, 1L));
    }

    private static List<String> table(List<SessionReport> before, List<SessionReport> now, int rows, int columns) {
        return new SessionTable(before, 2).lines(now, rows, columns);
    }

    @Test
    void aLineSaysWhatTheSessionDidEachSecondAndWhatItLostInAll() {
        List<SessionReport> before = List.of(at(1, 100, 1_000_000, 50), at(2, 0, 0, 0));
        List<SessionReport> now = List.of(at(1, 300, 1_500_000, 110), at(2, 10, 12_500, 4));
        assertThat(String.join("\n", table(before, now, 24, WIDE))).isEqualTo("""
            SESSION   PORT  SSRC        PACKETS/S    MBIT/S   UNITS/S      LOST   DROPPED  CONSUMER
                  1   5001  0x00001234        100      2.00        30         7         5  connected
                  2   5002  0x00001234          5      0.05         2         7         5  connected
              all 2                           105      2.05        32        14        10  2 connected""");
    }

    @Test
    void aSessionThatWasNotThereHasNoRatesYetAndIsNotInTheSums() {
        List<String> lines = table(List.of(), List.of(at(1, 300, 1_500_000, 110)), 24, WIDE);
        assertThat(lines.get(1)).matches(" +1 +5001 +0x00001234 +- +- +- +7 +5 +connected");
        assertThat(lines.get(2)).matches(" +all 1 +0 +0.00 +0 +7 +5 +1 connected");
    }

    @Test
    void aPortThatNobodySendsToHasNoSource() {
        StreamFacts silent = new StreamFacts(OptionalLong.empty(), 0, Optional.empty());
        List<SessionReport> now = List.of(new SessionReport(1, 5001, 0, silent, Map.of(), NOTHING, NOTHING));
        assertThat(table(now, now, 24, WIDE).get(1)).matches(" +1 +5001 +- +0 +0.00 +0 +0 +0 +awaited");
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0, 0, awaited", "1, 0, 0, 0, connected", "1, 1, 0, 0, gone", "1, 0, 1, 0, gone", "1, 0, 0, 1, gone", "2, 1, 0, 0, connected"})
    void theConsumersStateFollowsFromWhoCameAndWent(long connected, long left, long expelled, long dismissed, String state) {
        List<SessionReport> now = List.of(report(1, Map.of(MemifCounter.CONNECTED, connected, MemifCounter.LEFT, left,
            MemifCounter.EXPELLED, expelled, MemifCounter.DISMISSED, dismissed)));
        assertThat(table(now, now, 24, WIDE).get(1)).endsWith("  " + state);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 40, 79, 90, 500})
    void noLineIsWiderThanTheTerminal(int columns) {
        List<SessionReport> now = List.of(at(1, 1, 1, 1));
        assertThat(table(now, now, 24, columns)).hasSize(3).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 'all 10'", "2, 1, 'all 10'", "3, 3, '9 not shown'", "11, 11, '1 not shown'", "12, 12, '10 connected'", "50, 12, '10 connected'"})
    void sessionsThatDoNotFitAreInTheSum(int rows, int lines, String last) {
        List<SessionReport> before = IntStream.rangeClosed(1, 10).mapToObj(id -> at(id, 0, 0, 0)).toList();
        List<SessionReport> now = IntStream.rangeClosed(1, 10).mapToObj(id -> at(id, 2, 0, 0)).toList();
        assertThat(table(before, now, rows, WIDE)).hasSize(lines).last().asString().contains(last).contains(" 10  ");
    }

    @Test
    void thePacketsOfAPortThatSessionsShareAreInTheSumOnce() {
        List<SessionReport> before = List.of(at(1, 0, 0, 0), at(2, 0, 0, 0));
        List<SessionReport> now = List.of(at(1, 200, 500_000, 20), at(2, 200, 500_000, 20));
        assertThat(table(onOnePort(before), onOnePort(now), 24, WIDE)).last().asString()
            .matches(" +all 2 +100 +2.00 +20 +7 +10 +2 connected");
    }

    private static List<SessionReport> onOnePort(List<SessionReport> reports) {
        return reports.stream().map(report -> new SessionReport(
            report.id(), 5001, 0, report.stream(), report.counts(), report.delay(), report.turns())).toList();
    }

    @Test
    void withoutSessionsItSaysSo() {
        assertThat(table(List.of(), List.of(), 24, WIDE)).containsExactly("no sessions");
    }
}
