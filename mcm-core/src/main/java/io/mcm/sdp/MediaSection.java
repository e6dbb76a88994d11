package io.mcm.sdp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One media section while its lines come: which payload types are H.264, and what is said of each. */
final class MediaSection {

    private static final int MAX_PORT = 65_535;
    private static final int MAX_PAYLOAD_TYPE = 127;
    private static final long MAX_CLOCK_RATE = Integer.MAX_VALUE;

    private final int port;
    private final Warnings warnings;
    private Optional<String> address = Optional.empty();
    private Optional<String> control = Optional.empty();
    /** Clock rates of the payload types that are H.264. */
    private final Map<Integer, Integer> clockRates = new LinkedHashMap<>();
    private final Map<Integer, FormatParameters> parameters = new LinkedHashMap<>();

    private MediaSection(int port, Warnings warnings) {
        this.port = port;
        this.warnings = warnings;
    }

    /** @param value like {@code video 5004 RTP/AVP 96}; the port may have a count behind it */
    static MediaSection begin(String value, Warnings warnings) throws SdpException {
        String[] parts = value.split("\\s+");
        if (parts.length < 2) {
            throw new SdpException("m=" + Warnings.shown(value) + "; expected is MEDIA PORT PROTOCOL FORMAT, like video 5004 RTP/AVP 96");
        }
        return new MediaSection((int) Numbers.parse("port in m=", parts[1].replaceFirst("/.*", ""), 0, MAX_PORT), warnings);
    }

    void address(Optional<String> value) {
        address = value;
    }

    void attribute(String attribute) throws SdpException {
        int colon = attribute.indexOf(':');
        String name = (colon < 0 ? attribute : attribute.substring(0, colon)).strip().toLowerCase(Locale.ROOT);
        String value = colon < 0 ? "" : attribute.substring(colon + 1).strip();
        switch (name) {
            case "rtpmap" -> map(value);
            case "fmtp" -> format(value);
            case "control" -> control = Optional.of(value);
            default -> {
                // Others do not tell how the stream is to be read.
            }
        }
    }

    /** {@code 96 H264/90000}. */
    private void map(String value) throws SdpException {
        String[] parts = value.split("\\s+|/");
        if (parts.length < 2 || !parts[1].equalsIgnoreCase("H264")) {
            return;
        }
        int type = payloadType("rtpmap", parts[0]);
        if (parts.length < 3) {
            warnings.add("rtpmap of payload type " + type + " has no clock rate; taken is " + H264Media.CLOCK_RATE);
        }
        int rate = parts.length < 3 ? H264Media.CLOCK_RATE : (int) Numbers.parse("clock rate in rtpmap", parts[2], 1, MAX_CLOCK_RATE);
        if (rate != H264Media.CLOCK_RATE) {
            warnings.add("clock rate " + rate + "; RFC 6184 allows " + H264Media.CLOCK_RATE + " only");
        }
        clockRates.put(type, rate);
    }

    /** {@code 96 packetization-mode=1; sprop-parameter-sets=...}; several lines of one type add up. */
    private void format(String value) throws SdpException {
        String[] parts = value.split("\\s+", 2);
        int type = payloadType("fmtp", parts[0]);
        parameters.computeIfAbsent(type, _ -> new FormatParameters(warnings)).add(parts.length < 2 ? "" : parts[1]);
    }

    private static int payloadType(String where, String text) throws SdpException {
        return (int) Numbers.parse("payload type in " + where, text, 0, MAX_PAYLOAD_TYPE);
    }

    /** The payload types that are H.264, once all lines have come. */
    List<H264Media> h264(Optional<String> sessionAddress) throws SdpException {
        List<H264Media> found = new ArrayList<>();
        for (Map.Entry<Integer, Integer> entry : clockRates.entrySet()) {
            FormatParameters said = parameters.getOrDefault(entry.getKey(), new FormatParameters(warnings));
            found.add(said.media(address.or(() -> sessionAddress), control, port, entry.getKey(), entry.getValue()));
        }
        return found;
    }
}
