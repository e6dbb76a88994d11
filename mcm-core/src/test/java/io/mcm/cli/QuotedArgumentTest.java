package io.mcm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a shell. */
class QuotedArgumentTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "camera.pcap", "their camera.pcap", "it's.pcap", "$HOME `date` \\ \" *", "recv %UDP% '%OUT%'", "a\nb", "--x=~"})
    void isTakenByAShellAsItWasGiven(String argument) throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", "printf %s " + Arguments.quoted(argument)).start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(argument);
        assertThat(shell.waitFor()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rtp/fu-a", "127.0.0.1:8002", "--seed=7"})
    void staysReadableWhereItCan(String argument) {
        assertThat(Arguments.quoted(argument)).isEqualTo(argument);
    }
}
