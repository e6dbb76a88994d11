package io.mcm.camera.cli;

import io.mcm.rtp.Ssrc;
import java.util.OptionalInt;

/**
 * The argument of {@code --stream SSRC|PORT}: a decimal number up to 65,535 is a port, all else an SSRC.
 *
 * @param port the destination port, if it is one
 * @param ssrc the source, if it is one
 */
record StreamKey(OptionalInt port, OptionalInt ssrc) {

    private static final int MAX_PORT = 65_535;
    /** Digits of the largest port. */
    private static final String PORT_PATTERN = "[0-9]{1,5}";

    static final StreamKey ANY = new StreamKey(OptionalInt.empty(), OptionalInt.empty());

    /** @throws IllegalArgumentException if it is neither; the message says what is allowed */
    static StreamKey parse(String text) {
        if (text.matches(PORT_PATTERN) && Integer.parseInt(text) <= MAX_PORT) {
            return new StreamKey(OptionalInt.of(Integer.parseInt(text)), OptionalInt.empty());
        }
        return new StreamKey(OptionalInt.empty(), OptionalInt.of(Ssrc.parse(text)));
    }
}
