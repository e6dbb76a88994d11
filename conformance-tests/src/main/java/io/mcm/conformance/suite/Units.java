package io.mcm.conformance.suite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** NAL units of a byte stream (ITU-T H.264 annex B), found by start codes of three or four bytes and with no code of the product. */
final class Units {

    private static final int START_CODE = 3;

    private Units() {}

    /** @throws CaseFailure where something stands before the first start code, or none is there */
    static List<byte[]> of(byte[] stream) throws CaseFailure {
        List<byte[]> units = new ArrayList<>();
        int at = startCode(stream, 0);
        if (at < 0 || !onlyZeros(stream, at)) {
            throw new CaseFailure("a start code first", describe(stream));
        }
        while (at >= 0) {
            int begin = at + START_CODE;
            int next = startCode(stream, begin);
            int end = next < 0 ? stream.length : next;
            while (next >= 0 && end > begin && stream[end - 1] == 0) {
                end--;
            }
            units.add(Arrays.copyOfRange(stream, begin, end));
            at = next;
        }
        return units;
    }

    private static int startCode(byte[] stream, int from) {
        for (int i = from; i + START_CODE <= stream.length; i++) {
            if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1) {
                return i;
            }
        }
        return -1;
    }

    private static boolean onlyZeros(byte[] stream, int end) {
        for (int i = 0; i < end; i++) {
            if (stream[i] != 0) {
                return false;
            }
        }
        return true;
    }

    static String describe(byte[] unit) {
        String hex = java.util.HexFormat.of().formatHex(unit, 0, Math.min(unit.length, 16));
        return unit.length + " bytes " + hex + (unit.length > 16 ? "..." : "");
    }
}
