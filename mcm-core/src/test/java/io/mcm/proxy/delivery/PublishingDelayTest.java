package io.mcm.proxy.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PublishingDelayTest {

    private static final long MICRO = 1_000;

    private long now;
    private int looks;
    private final PublishingDelay delay = new PublishingDelay(() -> {
        looks++;
        return now;
    });

    private void publishAt(long nanos) {
        now = nanos;
        delay.published();
    }

    @Test
    void eachUnitIsMeasuredFromItsOwnArrivalWithOneLookAtTheClock() {
        delay.committed(0);
        delay.committed(80 * MICRO);
        delay.committed(95 * MICRO);
        publishAt(100 * MICRO);
        var snapshot = delay.snapshot();
        assertThat(snapshot.count()).isEqualTo(3);
        assertThat(snapshot.sum()).isEqualTo((100 + 20 + 5) * MICRO);
        assertThat(snapshot.counts()).startsWith(1, 1, 0, 1);
        assertThat(looks).isOne();
    }

    @Test
    void whereNothingIsPublishedNobodyLooksAtTheClock() {
        publishAt(100);
        assertThat(looks).isZero();
        assertThat(delay.snapshot().count()).isZero();
    }

    @Test
    void whatAConsumerThatLeftHasNotSeenIsNotMeasured() {
        delay.committed(0);
        delay.forget();
        delay.committed(10);
        publishAt(30);
        assertThat(delay.snapshot().sum()).isEqualTo(20);
    }

    @Test
    void howManyUnitsArePublishedTogetherDoesNotMatter() {
        for (int i = 0; i < 1000; i++) {
            delay.committed(i);
        }
        publishAt(1000);
        assertThat(delay.snapshot().count()).isEqualTo(1000);
        assertThat(delay.snapshot().sum()).isEqualTo(1000 * 1001 / 2);
    }

    @Test
    void anArrivalInTheFutureIsNoNegativeDelay() {
        delay.committed(50);
        publishAt(40);
        assertThat(delay.snapshot().sum()).isZero();
        assertThat(Arrays.stream(delay.snapshot().counts()).sum()).isOne();
    }
}
