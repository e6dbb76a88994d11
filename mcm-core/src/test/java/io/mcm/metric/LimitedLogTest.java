package io.mcm.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitedLogTest {

    private static final long SECOND = 1_000_000_000L;

    private final List<String> lines = new ArrayList<>();
    private long now;

    private LimitedLog logStartingAt(long nanos) {
        now = nanos;
        return new LimitedLog(new LinesLogger(), System.Logger.Level.WARNING, () -> now);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -5, Long.MAX_VALUE - 10, Long.MIN_VALUE})
    void oneLineASecondAndTheNextTellsHowManyWereHeldBack(long start) {
        LimitedLog log = logStartingAt(start);
        log.log(() -> "one");
        log.log(() -> "two");
        now += SECOND - 1;
        log.log(() -> "three");
        now += 1;
        log.log(() -> "four");
        assertThat(lines).containsExactly("one", "four (and 2 more since)");
    }

    @Test
    void theCountBeginsAnewAfterItWasTold() {
        LimitedLog log = logStartingAt(0);
        for (int second = 0; second < 3; second++) {
            log.log(() -> "line");
            now += SECOND;
        }
        assertThat(lines).containsExactly("line", "line", "line");
    }

    @Test
    void aLineHeldBackIsNotEvenMade() {
        LimitedLog log = logStartingAt(0);
        log.log(() -> "one");
        log.log(() -> {
            throw new AssertionError("made");
        });
        assertThat(lines).containsExactly("one");
    }

    private final class LinesLogger implements System.Logger {

        @Override
        public String getName() {
            return "lines";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, Supplier<String> message) {
            lines.add(message.get());
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
            lines.add(message);
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... params) {
            lines.add(format);
        }
    }
}
