package io.mcm.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class CountersTest {

    private enum Fruit implements Counter {
        APPLE, RED_CHERRY;

        @Override
        public String sentence() {
            return "Fruit";
        }
    }

    private final Counters<Fruit> counters = new Counters<>(Fruit.class);

    @Test
    void everyFigureStartsAtZeroAndIsCountedAlone() {
        counters.increment(Fruit.RED_CHERRY);
        counters.add(Fruit.RED_CHERRY, 41);
        assertThat(counters.get(Fruit.RED_CHERRY)).isEqualTo(42);
        assertThat(counters.get(Fruit.APPLE)).isZero();
    }

    @Test
    void aSnapshotHasLowerCaseLabelsInTheEnumsOrderAndDoesNotChange() {
        counters.increment(Fruit.APPLE);
        var snapshot = counters.snapshot();
        counters.increment(Fruit.APPLE);
        assertThat(snapshot).containsExactly(entry("apple", 1L), entry("red_cherry", 0L));
    }

    @Test
    void anotherThreadSeesTheFigures() throws InterruptedException {
        Thread counting = new Thread(() -> counters.add(Fruit.APPLE, 7));
        counting.start();
        counting.join();
        assertThat(counters.get(Fruit.APPLE)).isEqualTo(7);
    }
}
