package io.mcm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.foreign.TerminalSize;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveScreenTest {

    private static final TerminalSize SIZE = new TerminalSize(24, 80);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final LiveScreen screen = new LiveScreen(new PrintStream(out, false, StandardCharsets.UTF_8));

    private String written() {
        String text = out.toString(StandardCharsets.UTF_8).replace("\033[", "^");
        out.reset();
        return text;
    }

    @Test
    void eachDrawingReplacesTheOneBefore() {
        screen.draw(List.of("a", "b"), SIZE);
        assertThat(written()).isEqualTo("a^K\nb^K\n^J");
        screen.draw(List.of("c"), SIZE);
        assertThat(written()).isEqualTo("\r^2Fc^K\n^J");
        screen.draw(List.of("d"), SIZE);
        assertThat(written()).isEqualTo("\r^1Fd^K\n^J");
    }

    @Test
    void aLogLineComesAboveAndTheLinesStandBelowItAgain() {
        screen.draw(List.of("a", "b"), SIZE);
        written();
        screen.above("logged\n");
        assertThat(written()).isEqualTo("\r^2F^Jlogged\na^K\nb^K\n^J");
    }

    @Test
    void beforeTheFirstDrawingALogLineIsALine() {
        screen.above("logged\n");
        assertThat(written()).isEqualTo("^Jlogged\n^J");
    }

    @Test
    void aTerminalOfAnotherSizeIsDrawnFromItsTop() {
        screen.draw(List.of("a"), SIZE);
        written();
        screen.draw(List.of("a"), new TerminalSize(10, 40));
        assertThat(written()).isEqualTo("^H^Ja^K\n^J");
    }
}
