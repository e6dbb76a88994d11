package io.mcm.perf.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class LatencyLadderTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyPictureOfASlowCameraComesAndItsTimeIsThatOfItsIntendedSending(boolean inProcess) throws Exception {
        List<LatencyRow> rows = new ArrayList<>();
        LatencyPlan plan = new LatencyPlan(List.of(50.0, 100.0), 0.2, 3, false, inProcess, 1, inProcess ? 21_100 : 21_110);
        new LatencyLadder(plan, 2).climb(rows::add);
        assertThat(rows).extracting(LatencyRow::sent).startsWith(10L);
        LatencyRow first = rows.getFirst();
        assertThat(first.lost()).isEqualTo(0);
        assertThat(first.latency().getMinValue()).as("a system call and a hand-over take longer").isGreaterThan(2_000);
        assertThat(first.latency().getMaxValue()).isLessThan(10_000_000_000L);
    }

    @Test
    void theLadderEndsWhereTheCameraCannotSendAsFast() throws Exception {
        List<LatencyRow> rows = new ArrayList<>();
        LatencyPlan plan = new LatencyPlan(List.of(1e6, 30.0), 0.001, 12, false, true, 1, 21_120);
        new LatencyLadder(plan, 1).climb(rows::add);
        assertThat(rows).as("12 packets do not leave in a microsecond").hasSize(1);
        assertThat(rows.getFirst().achieved()).isLessThan(950_000);
    }

    @Test
    void aSlowRateGetsAtLeastFivePictures() {
        LatencyPlan plan = new LatencyPlan(List.of(1.0), 2, 12, false, true, 1, 21_130);
        assertThat(plan.pictures(1)).isEqualTo(5);
        assertThat(plan.pictures(30)).isEqualTo(60);
    }
}
