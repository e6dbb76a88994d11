package io.mcm.conformance.replay;

import io.mcm.conformance.suite.CaseFailure;
import io.mcm.conformance.suite.Evidence;
import io.mcm.conformance.suite.Scene;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;

/** Tells where a proxy's NAL units differ from the reference for the first time, and how. */
final class FirstDifference {

    /** So many NAL units missing at a stretch are told from wrong bytes. */
    private static final int LOOK_AHEAD = 1_000;
    /** On each side of the byte that differs. */
    private static final int AROUND = 8;
    /** Enough for every picture but the largest, and fewer than a case's evidence holds. */
    private static final int MAX_PACKETS = 100;

    private final Scene scene;

    FirstDifference(Scene scene) {
        this.scene = scene;
    }

    /** @param previous what came before, or null; @param after the reference behind {@code expected} */
    CaseFailure of(ReferenceUnit expected, byte[] got, byte[] previous, Reference after) throws IOException {
        show(expected);
        scene.evidence().unit(got);
        if (Arrays.equals(got, previous)) {
            return new CaseFailure(expected.describe(), "the NAL unit before it a second time");
        }
        long number = find(got, after);
        if (number > 0) {
            return new CaseFailure(expected.describe(), "NAL unit " + number + ": " + (number - expected.number()) + " did not come");
        }
        int at = Arrays.mismatch(expected.bytes(), got);
        return new CaseFailure(expected.describe() + "; from byte " + at + " on " + around(expected.bytes(), at),
            got.length + " bytes, other from byte " + at + " on: " + around(got, at));
    }

    /** Nothing came in its place. */
    CaseFailure missing(ReferenceUnit expected, String instead) {
        show(expected);
        return new CaseFailure(expected.describe(), instead);
    }

    private void show(ReferenceUnit expected) {
        Evidence evidence = scene.evidence();
        scene.note("expected " + expected.describe() + "; the packets that carry it:");
        expected.packets().stream().limit(MAX_PACKETS).forEach(evidence::packet);
        scene.note("bytes of the NAL unit expected: " + around(expected.bytes(), 0) + "; got:");
    }

    private static long find(byte[] got, Reference after) throws IOException {
        for (int i = 0; i < LOOK_AHEAD; i++) {
            ReferenceUnit later = after.next();
            if (later == null) {
                return 0;
            }
            if (Arrays.equals(later.bytes(), got)) {
                return later.number();
            }
        }
        return 0;
    }

    private static String around(byte[] bytes, int at) {
        int from = Math.max(0, at - AROUND);
        int to = Math.min(bytes.length, at + AROUND);
        String hex = HexFormat.of().formatHex(bytes, Math.min(from, to), to);
        return "(" + from + " to " + to + ") " + hex;
    }
}
