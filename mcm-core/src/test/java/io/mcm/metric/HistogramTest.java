package io.mcm.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistogramTest {

    private final Histogram histogram = new Histogram(1, 4, 16);

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 0", "1, 0", "2, 1", "4, 1", "5, 2", "16, 2", "17, 3", "9223372036854775807, 3"})
    void aBoundIsTheLargestValueOfItsBucketAndTheLastBucketHasNone(long value, int bucket) {
        histogram.record(value);
        var snapshot = histogram.snapshot();
        assertThat(snapshot.counts()[bucket]).isOne();
        assertThat(snapshot.count()).isOne();
        assertThat(snapshot.sum()).isEqualTo(value);
    }

    @Property
    void everyValueIsInOneBucketAndInTheSum(@ForAll @Size(max = 50) @IntRange(max = 20) int[] values) {
        Histogram all = new Histogram(1, 4, 16);
        long sum = 0;
        for (int value : values) {
            all.record(value);
            sum += value;
        }
        assertThat(all.snapshot().count()).isEqualTo(values.length);
        assertThat(all.snapshot().sum()).isEqualTo(sum);
    }

    @Test
    void aSnapshotDoesNotChange() {
        var before = histogram.snapshot();
        histogram.record(3);
        before.bounds()[0] = 99;
        assertThat(before.counts()).containsExactly(0, 0, 0, 0);
        assertThat(histogram.snapshot().bounds()).containsExactly(1, 4, 16);
        assertThat(histogram.snapshot().counts()).containsExactly(0, 1, 0, 0);
    }

    @Test
    void anotherThreadSeesWhatWasRecorded() throws InterruptedException {
        Thread recording = new Thread(() -> histogram.record(7));
        recording.start();
        recording.join();
        assertThat(histogram.snapshot().counts()).containsExactly(0, 0, 1, 0);
    }

    @Test
    void boundsThatDoNotAscendAreRefusedByTheirValues() {
        assertThatThrownBy(() -> new Histogram(1, 5, 5)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("5 after 5");
    }
}
