package io.mcm.cli;

import io.mcm.rtp.Ssrc;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which stream of a capture is meant. */
public final class StreamOptions {

    private static final int MAX_PORT = 65_535;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    private OptionalInt port = OptionalInt.empty();
    private OptionalInt ssrc = OptionalInt.empty();

    @Option(names = "--port", paramLabel = "N",
        description = "The stream sent to this UDP port; without it the one with the most H.264 packets.")
    private void setPort(int number) {
        if (number < 1 || number > MAX_PORT) {
            throw new ParameterException(spec.commandLine(), "--port " + number + "; allowed are 1 to " + MAX_PORT);
        }
        port = OptionalInt.of(number);
    }

    @Option(names = "--ssrc", paramLabel = "S", description = "The stream of this source, decimal or 0x and hexadecimal.")
    private void setSsrc(String text) {
        try {
            ssrc = OptionalInt.of(Ssrc.parse(text));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--ssrc: " + e.getMessage(), e);
        }
    }

    public OptionalInt port() {
        return port;
    }

    public OptionalInt ssrc() {
        return ssrc;
    }
}
