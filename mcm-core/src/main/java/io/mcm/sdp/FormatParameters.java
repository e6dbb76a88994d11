package io.mcm.sdp;

import io.mcm.sdp.H264Media.InterleavingParameters;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The parameters of one payload type (RFC 6184 section 8.1), keys in lower case. */
final class FormatParameters {

    private static final String MODE = "packetization-mode";
    private static final int MAX_MODE = 2;
    private static final int INTERLEAVED = 2;
    private static final int MAX_UNITS = 32_767;
    private static final long MAX_UNSIGNED = 0xffff_ffffL;
    private static final int HEX = 16;

    private final Warnings warnings;
    private final Map<String, String> values = new HashMap<>();

    FormatParameters(Warnings warnings) {
        this.warnings = warnings;
    }

    void add(String text) {
        for (String parameter : text.split(";")) {
            int equals = parameter.indexOf('=');
            String key = (equals < 0 ? parameter : parameter.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
            if (equals < 0 && !key.isEmpty()) {
                warnings.add("fmtp parameter without a value: " + Warnings.shown(key));
            } else if (!key.isEmpty() && values.put(key, parameter.substring(equals + 1).strip()) != null) {
                warnings.add("fmtp has " + Warnings.shown(key) + " twice; the last one counts");
            }
        }
    }

    H264Media media(Optional<String> address, Optional<String> control, int port, int payloadType, int clockRate) throws SdpException {
        int mode = number(MODE, MAX_MODE).orElse(0L).intValue();
        InterleavingParameters interleaving = new InterleavingParameters(
            number("sprop-interleaving-depth", MAX_UNITS).map(Long::intValue),
            number("sprop-deint-buf-req", MAX_UNSIGNED),
            number("sprop-init-buf-time", MAX_UNSIGNED),
            number("sprop-max-don-diff", MAX_UNITS).map(Long::intValue),
            number("deint-buf-cap", MAX_UNSIGNED));
        if (mode == INTERLEAVED && interleaving.depth().isEmpty()) {
            warnings.add("packetization-mode 2 without sprop-interleaving-depth, which RFC 6184 demands");
        }
        return new H264Media(address, port, payloadType, clockRate, mode, profileLevelId(), control, parameterSets(),
            interleaving);
    }

    private Optional<Long> number(String key, long max) throws SdpException {
        String text = values.get(key);
        return text == null ? Optional.empty() : Optional.of(Numbers.parse("fmtp " + key, text, 0, max));
    }

    /** Six hexadecimal digits; anything else says nothing, for the SPS has the same three bytes. */
    private Optional<Integer> profileLevelId() {
        String text = values.get("profile-level-id");
        if (text == null) {
            return Optional.empty();
        }
        if (!text.matches("[0-9a-fA-F]{6}")) {
            warnings.add("profile-level-id " + Warnings.shown(text) + " is not six hexadecimal digits, and is not looked at");
            return Optional.empty();
        }
        return Optional.of(Integer.parseInt(text, HEX));
    }

    private List<MemorySegment> parameterSets() {
        String text = values.get("sprop-parameter-sets");
        return text == null ? List.of() : new ParameterSetText(warnings).decode(text);
    }
}
