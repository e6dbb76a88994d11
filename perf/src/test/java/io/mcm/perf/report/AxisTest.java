package io.mcm.perf.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mcm.perf.gate.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {

    @ParameterizedTest(name = "{0} of 4: from {1} to {2}")
    @CsvSource({"1, 0, 1.2", "3.9, 0.9, 1.2", "7.9, 0.9, 2.1", "400, 0.9, 3", "0, 0, 1.2"})
    void itReachesFromTheFiguresToBesideTheThreshold(double figure, double least, double most) {
        Axis axis = Axis.of(List.of(Runs.finding("a", 4, figure)));
        assertThat(axis.least()).isCloseTo(least, within(1e-9));
        assertThat(axis.most()).isCloseTo(most, within(1e-9));
        assertThat(axis.ticks()).hasSizeBetween(3, 7).allMatch(tick -> tick >= axis.least() - 1e-9 && tick <= axis.most() + 1e-9);
    }

    @Test
    void theThresholdsOfAllFiguresAreUnderEachOther() {
        Finding small = Runs.finding("a", 0.1, 0.05);
        Finding large = Runs.finding("b", 60, 30);
        Axis axis = Axis.of(List.of(small, large));
        assertThat(axis.position(small, 0.1)).isEqualTo(axis.position(large, 60)).isEqualTo(axis.position(1));
        assertThat(axis.position(small, 0.05)).isEqualTo(axis.position(large, 30));
    }

    @Test
    void whatIsBeyondIsAtTheEnd() {
        Finding far = Runs.finding("a", 1, 100);
        Axis axis = Axis.of(List.of(far));
        assertThat(axis.position(far, 100)).isEqualTo(1);
        assertThat(axis.isBeyond(far, 100)).isTrue();
        assertThat(axis.isBeyond(far, 1)).isFalse();
    }

    @Test
    void aThresholdOfNothingIsMetByNothing() {
        Finding none = Runs.finding("a", 0, 0);
        Axis axis = Axis.of(List.of(none));
        assertThat(axis.position(none, 0)).isZero();
        assertThat(axis.position(none, 0.001)).isEqualTo(1);
    }
}
