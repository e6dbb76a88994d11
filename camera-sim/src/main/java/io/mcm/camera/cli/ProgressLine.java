package io.mcm.camera.cli;

import io.mcm.camera.pace.Pacer;
import io.mcm.foreign.TerminalSize;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One line on a terminal, written over once a second, that says how far a camera is and how long it still takes. No terminal, no line. */
final class ProgressLine implements AutoCloseable {

    /** ECMA-48: to the line's beginning, and erase it. */
    private static final String OVER = "\r\033[K";
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int MINUTES_PER_HOUR = 60;

    private final PrintStream terminal;
    private final ScheduledExecutorService timer;

    private ProgressLine(PrintStream terminal, ScheduledExecutorService timer) {
        this.terminal = terminal;
        this.timer = timer;
    }

    /**
     * Begins on standard error.
     *
     * @param totalNanos of all passes at normal speed; 0 where nobody knows
     * @return null where that is no terminal
     */
    static ProgressLine start(Pacer pacer, long totalNanos, double speed) {
        if (TerminalSize.of(TerminalSize.STANDARD_ERROR).isEmpty()) {
            return null;
        }
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("progress").factory());
        ProgressLine line = new ProgressLine(System.err, timer);
        timer.scheduleAtFixedRate(() -> line.draw(text(pacer.positionNanos(), totalNanos, speed, pacer.packets())), 1, 1, TimeUnit.SECONDS);
        return line;
    }

    private void draw(String text) {
        terminal.print(OVER + text);
        terminal.flush();
    }

    /** {@code 12 s of 60 s, 34567 packets, 0:48 left}. */
    static String text(long positionNanos, long totalNanos, double speed, long packets) {
        double position = positionNanos / NANOS_PER_SECOND;
        if (totalNanos <= 0) {
            return String.format(Locale.ROOT, "%.0f s, %d packets", position, packets);
        }
        double left = Math.max(0, totalNanos / NANOS_PER_SECOND - position) / speed;
        String time = speed == Pacer.MAX_SPEED ? "" : ", " + clock(Math.round(left)) + " left";
        return String.format(Locale.ROOT, "%.0f s of %.0f s, %d packets%s", position, totalNanos / NANOS_PER_SECOND, packets, time);
    }

    private static String clock(long seconds) {
        long minutes = seconds / SECONDS_PER_MINUTE;
        return minutes < MINUTES_PER_HOUR
            ? String.format("%d:%02d", minutes, seconds % SECONDS_PER_MINUTE)
            : String.format("%d:%02d:%02d", minutes / MINUTES_PER_HOUR, minutes % MINUTES_PER_HOUR, seconds % SECONDS_PER_MINUTE);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        draw("");
    }
}
