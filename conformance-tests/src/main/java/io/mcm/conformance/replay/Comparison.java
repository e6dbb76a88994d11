package io.mcm.conformance.replay;

import io.mcm.conformance.suite.CaseFailure;
import io.mcm.conformance.suite.Scene;
import io.mcm.control.DeliveryUnit;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Holds what a proxy delivers against the reference, NAL unit by NAL unit, until the one that was sent behind the capture. */
final class Comparison {

    private final Scene scene;
    private final Reference reference;
    private final byte[] end;
    private final FirstDifference difference;
    /** Between NAL units of one buffer zeros belong to the byte stream (ITU-T H.264 B.1.1), and whose they were cannot be told. */
    private final boolean zerosAreLost;
    private byte[] previous;
    private boolean over;

    /** @param end the NAL unit sent behind the capture */
    Comparison(Scene scene, Reference reference, byte[] end) {
        this.scene = scene;
        this.reference = reference;
        this.end = end;
        difference = new FirstDifference(scene);
        zerosAreLost = scene.facts().unit() == DeliveryUnit.ACCESS_UNIT;
    }

    boolean isOver() {
        return over;
    }

    /** @throws CaseFailure with the first difference */
    void accept(List<byte[]> units) throws IOException, CaseFailure {
        for (byte[] unit : units) {
            accept(unit);
        }
    }

    private void accept(byte[] unit) throws IOException, CaseFailure {
        ReferenceUnit expected = reference.next();
        if (expected == null) {
            throw new CaseFailure("nothing behind the last picture", unit.length + " bytes more");
        }
        boolean last = Arrays.equals(unit, end);
        if (!isSame(expected.bytes(), unit)) {
            throw last ? difference.missing(expected, "nothing more of the capture, but the picture that was sent behind it")
                : difference.of(expected, unit, previous, reference);
        }
        if (last) {
            over = true;
            scene.note((expected.number() - 1) + " NAL units came as they should");
        }
        previous = unit;
    }

    private boolean isSame(byte[] expected, byte[] got) {
        return zerosAreLost ? Arrays.equals(expected, 0, withoutZeros(expected), got, 0, withoutZeros(got)) : Arrays.equals(expected, got);
    }

    private static int withoutZeros(byte[] unit) {
        int length = unit.length;
        while (length > 1 && unit[length - 1] == 0) {
            length--;
        }
        return length;
    }

    /** The next one did not come. */
    CaseFailure missing(String instead) throws IOException {
        return difference.missing(reference.next(), instead);
    }
}
