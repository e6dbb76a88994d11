package io.mcm.sdp;

import io.mcm.h264.AnnexB;
import io.mcm.h264.NalHeader;
import io.mcm.h264.NalType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Decodes {@code sprop-parameter-sets}: NAL units in base64 with commas between (RFC 6184 section 8.1). Tolerated, because cameras send
 * it: empty parts (a trailing comma), too much or too little padding, white space, quotes, start codes inside, other NAL units.
 */
final class ParameterSetText {

    /** Base64 digits of a byte string never leave one over four. */
    private static final int GROUP = 4;
    private static final int SHORTEST_START_CODE = 3;

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
        MemorySegment unit = MemorySegment.ofArray(bytes);
        if (startsWithStartCode(bytes)) {
            warnings.add("sprop-parameter-sets has start codes inside its base64");
            AnnexB units = new AnnexB(unit);
            while (units.next()) {
                unit(unit.asSlice(units.offset(), units.length()));
            }
        } else if (bytes.length > 0) {
            unit(unit);
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

    private static boolean startsWithStartCode(byte[] bytes) {
        return bytes.length > SHORTEST_START_CODE && bytes[0] == 0 && bytes[1] == 0 && (bytes[2] == 1 || bytes[2] == 0 && bytes[SHORTEST_START_CODE] == 1);
    }

    private boolean has(int type) {
        return found.stream().anyMatch(unit -> NalHeader.type(unit.get(ValueLayout.JAVA_BYTE, 0) & 0xff) == type);
    }
}
