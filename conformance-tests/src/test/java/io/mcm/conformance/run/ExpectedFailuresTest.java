package io.mcm.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectedFailuresTest {

    private static final Set<String> KNOWN = Set.of("rtp/one", "rtp/two");

    private static Map<String, String> parse(String text) {
        return ExpectedFailures.parse("known.txt", text.lines().toList(), KNOWN);
    }

    @Test
    void aLineIsACaseAndItsReason() {
        assertThat(parse("# of 24.09\n\n rtp/one\t it has no window \nrtp/two  old"))
            .containsExactly(Map.entry("rtp/one", "it has no window"), Map.entry("rtp/two", "old"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        rtp/one                  | known.txt:1: 'rtp/one', expected a case's id and the reason
        rtp/three old            | known.txt:1: there is no case 'rtp/three'
        """)
    void aLineThatHidesMoreThanItSaysIsRefused(String line, String message) {
        assertThatThrownBy(() -> parse(line)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    @Test
    void aCaseIsListedOnce() {
        assertThatThrownBy(() -> parse("rtp/one a\nrtp/one b")).hasMessageContaining("known.txt:2: 'rtp/one' is there twice");
    }
}
