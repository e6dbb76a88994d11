package io.mcm.sdp;

import io.mcm.h264.AnnexB;
import io.mcm.h264.NalHeader;
import io.mcm.h264.NalType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Decodes {@code sprop-parameter-sets}: NAL units in base64 with commas between (RFC 6184 section 8.1). Tolerated, because cameras send
 * it: empty parts (a trailing comma), too much or too little padding, white space, quotes, start codes inside, other NAL units.
 */
final class ParameterSetText {

    /** Base64 digits of a byte string never leave one over four. */
    private static final int GROUP = 4;
    private static final byte[] START_CODE = {0, 0, 1};

    private final Warnings warnings;
    private final List<MemorySegment> found = new ArrayList<>();

    ParameterSetText(Warnings warnings) {
        this.warnings = warnings;
    }

    List<MemorySegment> decode(String text) {
        for (String part : text.split(",", -1)) {
            if (part.isBlank()) {
                warnings.add("sprop-parameter-sets has an empty part, like a comma too many");
            } else {
                part(part);
            }
        }
        if (!has(NalType.SPS) || !has(NalType.PPS)) {
            warnings.add("sprop-parameter-sets without " + (has(NalType.SPS) ? "a PPS" : has(NalType.PPS) ? "an SPS" : "a parameter set"));
        }
        return List.copyOf(found);
    }

    private void part(String part) {
        byte[] bytes = bytes(part);
        if (hasStartCode(bytes)) {
            warnings.add("sprop-parameter-sets has start codes inside its base64");
            byteStream(bytes);
        } else if (bytes.length > 0) {
            unit(MemorySegment.ofArray(bytes));
        }
    }

    /** Whether there is one before the first unit or not: some put them between units, some after. */
    private void byteStream(byte[] bytes) {
        byte[] stream = new byte[START_CODE.length + bytes.length];
        System.arraycopy(START_CODE, 0, stream, 0, START_CODE.length);
        System.arraycopy(bytes, 0, stream, START_CODE.length, bytes.length);
        AnnexB units = new AnnexB(MemorySegment.ofArray(stream));
        while (units.next()) {
            unit(MemorySegment.ofArray(stream).asSlice(units.offset(), units.length()));
        }
    }

    private void unit(MemorySegment unit) {
        int type = NalHeader.type(unit.get(ValueLayout.JAVA_BYTE, 0) & 0xff);
        if (type == NalType.SPS || type == NalType.PPS || type == NalType.SPS_EXTENSION || type == NalType.SUBSET_SPS) {
            found.add(unit.asReadOnly());
        } else {
            warnings.add("sprop-parameter-sets has a NAL unit of type " + type + " (" + NalType.name(type) + "), which is left out");
        }
    }

    private byte[] bytes(String part) {
        String digits = part.replaceAll("[\\s\"]", "");
        String bare = digits.replaceAll("=+$", "");
        int over = bare.length() % GROUP;
        if ((digits.length() - bare.length() + over) % GROUP != 0 || digits.length() - bare.length() > 2) {
            warnings.add("sprop-parameter-sets has wrong base64 padding: " + Warnings.shown(part));
        }
        try {
            return Base64.getDecoder().decode(over == 1 ? bare.substring(0, bare.length() - 1) : bare);
        } catch (IllegalArgumentException _) {
            warnings.add("sprop-parameter-sets has a part that is no base64, and is left out: " + Warnings.shown(part));
            return new byte[0];
        }
    }

    /** No NAL unit has one inside (H.264 section 7.4.1). */
    private static boolean hasStartCode(byte[] bytes) {
        for (int i = 0; i + START_CODE.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + START_CODE.length, START_CODE, 0, START_CODE.length)) {
                return true;
            }
        }
        return false;
    }

    private boolean has(int type) {
        return found.stream().anyMatch(unit -> NalHeader.type(unit.get(ValueLayout.JAVA_BYTE, 0) & 0xff) == type);
    }
}
