package io.mcm.cli;

import io.mcm.foreign.TerminalSize;
import java.io.PrintStream;
import java.util.List;

/**
 * Lines at the end of a terminal's text that are drawn over again and again, while other lines come above them. Each drawing is one write of what
 * replaces the old lines from their first on, so that nothing flickers. The terminal's modes are left as they are: there is nothing to restore,
 * however the process ends.
 */
final class LiveScreen {

    /** ECMA-48: CPL, ED, EL, and CUP to the first line. */
    private static final String UP = "\033[%dF";
    private static final String CLEAR_BELOW = "\033[J";
    private static final String CLEAR_RIGHT = "\033[K";
    private static final String FIRST_LINE = "\033[H";

    private final PrintStream terminal;
    private List<String> drawn = List.of();
    private TerminalSize size;

    LiveScreen(PrintStream terminal) {
        this.terminal = terminal;
    }

    /** Shows these lines where the ones before stood. They must fit into {@code now}. */
    synchronized void draw(List<String> lines, TerminalSize now) {
        // A terminal of another size may have folded the lines, or not: only from the top it is sure where they stand.
        String start = size == null || size.equals(now) ? toFirst() : FIRST_LINE + CLEAR_BELOW;
        size = now;
        write(start + block(lines));
        drawn = List.copyOf(lines);
    }

    /** Shows text, which ends its last line, above the lines. */
    synchronized void above(String text) {
        write(toFirst() + CLEAR_BELOW + text + block(drawn));
    }

    private String toFirst() {
        // What was typed stands behind the last line.
        return drawn.isEmpty() ? "" : "\r" + UP.formatted(drawn.size());
    }

    private static String block(List<String> lines) {
        StringBuilder block = new StringBuilder();
        lines.forEach(line -> block.append(line).append(CLEAR_RIGHT).append('\n'));
        return block.append(CLEAR_BELOW).toString();
    }

    private void write(String text) {
        terminal.print(text);
        terminal.flush();
    }
}
