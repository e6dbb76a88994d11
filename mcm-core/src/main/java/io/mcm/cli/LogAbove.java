package io.mcm.cli;

import java.util.Arrays;
import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Has log lines shown above a {@link LiveScreen} instead of through its lines, until it is closed. */
final class LogAbove extends Handler {

    private final LiveScreen screen;
    private final Logger root = Logger.getLogger("");
    private final List<ConsoleHandler> replaced;

    LogAbove(LiveScreen screen) {
        this.screen = screen;
        replaced = Arrays.stream(root.getHandlers())
            .filter(ConsoleHandler.class::isInstance).map(ConsoleHandler.class::cast).toList();
        replaced.forEach(root::removeHandler);
        if (!replaced.isEmpty()) {
            setLevel(replaced.getFirst().getLevel());
            setFormatter(replaced.getFirst().getFormatter());
            root.addHandler(this);
        }
    }

    @Override
    public void publish(LogRecord line) {
        if (isLoggable(line)) {
            screen.above(getFormatter().format(line));
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        root.removeHandler(this);
        replaced.forEach(root::addHandler);
    }
}
