package io.mcm.camera.source;

import java.util.OptionalInt;

/**
 * What a replay changes in the packets.
 *
 * @param ssrc the first stream's source instead of the recorded one; the second's is one more, and so on
 * @param payloadType instead of the recorded one, 0 to 127
 */
public record Rewriting(OptionalInt ssrc, OptionalInt payloadType) {

    public static final Rewriting NONE = new Rewriting(OptionalInt.empty(), OptionalInt.empty());

    /** A new source for each stream, from this one on. */
    public static Rewriting ofSsrc(int ssrc) {
        return new Rewriting(OptionalInt.of(ssrc), OptionalInt.empty());
    }

    boolean changesPackets() {
        return ssrc.isPresent() || payloadType.isPresent();
    }

    int ssrc(int stream, int recorded) {
        return ssrc.isPresent() ? ssrc.getAsInt() + stream : recorded;
    }
}
