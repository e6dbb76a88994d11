package io.mcm.conformance.suite;

import io.mcm.control.DeliveryUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** What a consumer got: NAL units, and in which buffer each of them stood. */
final class Delivered {

    private static final int TYPE = 0x1f;
    private static final int LAST_SLICE_TYPE = 5;
    private static final int FIRST_MACROBLOCK = 0x80;

    /** @param marked one of the link's own, which no case expects */
    private record Placed(byte[] unit, int buffer, boolean marked) {}

    private final List<Placed> all = new ArrayList<>();
    private final List<byte[]> units = new ArrayList<>();
    private int buffers;

    /** The units of the next buffer; those that are marked bound pictures but are nobody's expectation. */
    void add(List<byte[]> buffer, Function<byte[], Boolean> marked) {
        for (byte[] unit : buffer) {
            boolean own = marked.apply(unit);
            all.add(new Placed(unit, buffers, own));
            if (!own) {
                units.add(unit);
            }
        }
        buffers++;
    }

    /** Those that are not marked. */
    List<byte[]> units() {
        return units;
    }

    /** Null where exactly these units came. */
    CaseFailure difference(List<byte[]> expected) {
        for (int i = 0; i < Math.min(expected.size(), units.size()); i++) {
            if (!Arrays.equals(expected.get(i), units.get(i))) {
                return new CaseFailure("NAL unit " + (i + 1) + " of " + expected.size() + ": " + Units.describe(expected.get(i)),
                    Units.describe(units.get(i)) + ", other from byte " + Arrays.mismatch(expected.get(i), units.get(i)) + " on");
            }
        }
        return units.size() == expected.size() ? null : new CaseFailure(expected.size() + " NAL units", units.size()
            + (units.size() > expected.size()
            ? ", the first too many: " + Units.describe(units.get(expected.size()))
            : ", the first missing: " + Units.describe(expected.get(units.size()))));
    }

    /**
     * Null where each buffer holds what the probe has found a buffer to hold. NAL units of one timestamp are of one picture and those of two are not
     * (RFC 6184 section 5.1), whether there is a marker or none.
     *
     * @param unit      null where that is not known yet
     * @param expected  the units that came, see {@link #difference}
     * @param timestamp of a unit that was sent; null where it is not known
     */
    CaseFailure misplaced(DeliveryUnit unit, List<byte[]> expected, Function<byte[], Integer> timestamp) {
        int at = 0;
        Integer before = null;
        boolean slices = false;
        for (int i = 0; unit != null && i < all.size(); i++) {
            Placed placed = all.get(i);
            Integer now = placed.marked ? null : timestamp.apply(expected.get(at++));
            boolean together = i > 0 && placed.buffer == all.get(i - 1).buffer;
            boolean samePicture = now != null && now.equals(before);
            if (together && (unit == DeliveryUnit.NALU || !samePicture)) {
                return new CaseFailure(unit == DeliveryUnit.NALU ? "one NAL unit a buffer" : "one picture a buffer",
                    "two in one; the second begins with " + Units.describe(placed.unit));
            }
            if (!together && unit == DeliveryUnit.ACCESS_UNIT && samePicture && !mayBegin(placed.unit, slices)) {
                return new CaseFailure("all of a picture in one buffer", "in another: " + Units.describe(placed.unit));
            }
            slices = isSlice(placed.unit) || samePicture && together && slices;
            before = now;
        }
        return null;
    }

    /** What comes before a picture's first slice belongs to it; and after one another picture may follow, a slice with first_mb_in_slice 0 first. */
    private static boolean mayBegin(byte[] unit, boolean slices) {
        return slices && (!isSlice(unit) || unit.length > 1 && (unit[1] & FIRST_MACROBLOCK) != 0);
    }

    private static boolean isSlice(byte[] unit) {
        return (unit[0] & TYPE) >= 1 && (unit[0] & TYPE) <= LAST_SLICE_TYPE;
    }
}
