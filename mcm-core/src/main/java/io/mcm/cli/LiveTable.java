package io.mcm.cli;

import io.mcm.foreign.TerminalSize;
import io.mcm.proxy.MediaProxy;
import io.mcm.proxy.SessionReport;
import java.io.Console;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Shows a proxy's {@link SessionTable} on the terminal, anew each second. */
final class LiveTable {

    private static final double NANOS_PER_SECOND = 1e9;

    private final MediaProxy proxy;
    private final LongSupplier nanoClock;
    private final LiveScreen screen = new LiveScreen(System.out);
    private Collection<SessionReport> reports = List.of();
    private long reportedAt;

    LiveTable(MediaProxy proxy, LongSupplier nanoClock) {
        this.proxy = proxy;
        this.nanoClock = nanoClock;
    }

    /** Whether standard input and output are a terminal. */
    static boolean isPossible() {
        Console console = System.console();
        return console != null && console.isTerminal() && TerminalSize.of(TerminalSize.STANDARD_OUTPUT).isPresent();
    }

    /** Returns when the end is asked for. */
    void showUntil(CountDownLatch end) throws InterruptedException {
        boolean logsHere = TerminalSize.of(TerminalSize.STANDARD_ERROR).isPresent();
        LogAbove log = logsHere ? new LogAbove(screen) : null;
        try {
            do {
                draw();
            } while (!end.await(1, TimeUnit.SECONDS));
            draw();
        } finally {
            if (log != null) {
                log.close();
            }
        }
    }

    private void draw() {
        Optional<TerminalSize> size = TerminalSize.of(TerminalSize.STANDARD_OUTPUT);
        if (size.isEmpty()) {
            // The terminal has gone; the proxy has not.
            return;
        }
        Collection<SessionReport> current = proxy.reports();
        long now = nanoClock.getAsLong();
        SessionTable table = new SessionTable(reports, (now - reportedAt) / NANOS_PER_SECOND);
        // The cursor stands on a line of its own below.
        screen.draw(table.lines(current, Math.max(1, size.get().rows() - 1), size.get().columns()), size.get());
        reports = current;
        reportedAt = now;
    }
}
