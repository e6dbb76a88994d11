package io.mcm.perf.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.perf.calibration.Calibration;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatencyRowTest {

    private static final int SENT = 1_000;

    private static LatencyRow row(double achieved, long taken, long nanos) {
        Histogram latency = new Histogram(3);
        latency.recordValueWithCount(nanos, taken);
        return new LatencyRow(1, 100, achieved, SENT, 0, latency, new Histogram(3));
    }

    @ParameterizedTest
    @CsvSource({
        "100, 1000, 100000,   false", // all is well
        "100, 991,  100000,   false", // a hiccup
        "100, 980,  100000,   true",  // loss
        "90,  1000, 100000,   true",  // the camera cannot send as fast
        "100, 1000, 20000000, true",  // pictures wait in a queue
    })
    void aRateIsTooMuchWithLossOrAQueueOrACameraThatFallsBehind(double achieved, long taken, long nanos, boolean saturated) {
        assertThat(row(achieved, taken, nanos).isSaturated()).isEqualTo(saturated);
    }

    @Test
    void aRowTellsWhatIsMissingAndTheRatioToTheCalibration() {
        Calibration calibration = new Calibration(40, 30_000, 60, 30_000, 90_000, 3_000, 1_000);
        assertThat(row(100, 998, 200_000).text(calibration, 13)).startsWith("| 1 | 100 | 100 | 1000 | 2 | 0 | 200 | 200 | 200 | 200 | 200 | 2.00 |");
    }

    @Test
    void theCurveEndsWithEveryPictureThatCame() {
        String[] lines = row(100, 998, 200_000).csv().split("\\R");
        assertThat(lines[lines.length - 1]).startsWith("1,100.0,100.00000,").endsWith(",998");
    }
}
