package io.mcm.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class TimerTest {

    private static final long PATIENCE = 60_000_000_000L;

    @Test
    void isReadableOnceItsTimeHasPassedAndUntilItIsSetAgain() {
        try (Reactor reactor = new Reactor(); Timer timer = new Timer()) {
            int[] calls = new int[1];
            reactor.add(timer.fd(), () -> calls[0]++);
            assertThat(reactor.poll(0)).as("not set").isZero();
            long start = System.nanoTime();
            timer.set(20_000_000);
            assertThat(reactor.poll(0)).isZero();
            assertThat(reactor.poll(PATIENCE)).isEqualTo(1);
            assertThat(System.nanoTime() - start).isBetween(20_000_000L, PATIENCE);
            assertThat(reactor.poll(0)).as("still").isEqualTo(1);
            timer.set(0);
            assertThat(reactor.poll(0)).as("stopped").isZero();
            timer.set(1_000_000_001);
            assertThat(reactor.poll(0)).as("set again").isZero();
            assertThat(calls[0]).isEqualTo(2);
            reactor.remove(timer.fd());
        }
    }
}
