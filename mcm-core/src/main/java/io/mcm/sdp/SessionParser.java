package io.mcm.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the lines of a description (RFC 8866 section 5) into media sections. */
final class SessionParser {

    private static final String BYTE_ORDER_MARK = "\ufeff";
    private static final String BYTE_ORDER_MARK_BYTES = "\u00ef\u00bb\u00bf";

    private static final String CONTROL = "control:";

    private final Warnings warnings = new Warnings();
    private final List<MediaSection> sections = new ArrayList<>();
    private Optional<String> sessionAddress = Optional.empty();
    private Optional<String> sessionControl = Optional.empty();
    private boolean versionSeen;

    SessionDescription parse(String text) throws SdpException {
        int number = 0;
        for (String line : withoutMark(text).split("\r\n|\n|\r")) {
            number++;
            if (!line.isBlank()) {
                line(number, line.strip());
            }
        }
        if (!versionSeen && sections.isEmpty()) {
            throw new SdpException("no SDP: neither a line v=0 nor one that begins with m=");
        }
        if (!versionSeen) {
            warnings.add("there is no line v=0");
        }
        List<H264Media> media = new ArrayList<>();
        for (MediaSection section : sections) {
            media.addAll(section.h264(sessionAddress));
        }
        return new SessionDescription(List.copyOf(media), sessionControl, warnings.all());
    }

    private static String withoutMark(String text) {
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length())
            : text.startsWith(BYTE_ORDER_MARK_BYTES) ? text.substring(BYTE_ORDER_MARK_BYTES.length()) : text;
    }

    private void line(int number, String line) throws SdpException {
        int equals = line.indexOf('=');
        String type = equals < 0 ? "" : line.substring(0, equals).strip();
        if (type.length() != 1) {
            warnings.add("line " + number + " is not of the form x=value: " + Warnings.shown(line));
            return;
        }
        String value = line.substring(equals + 1).strip();
        switch (Character.toLowerCase(type.charAt(0))) {
            case 'v' -> versionSeen = true;
            case 'm' -> begin(value);
            case 'c' -> connection(value);
            case 'a' -> attribute(value);
            default -> {
                // Names, times and bandwidths do not matter here.
            }
        }
    }

    private void begin(String value) throws SdpException {
        if (sections.size() == SessionDescription.MAX_MEDIA) {
            throw new SdpException("more than " + SessionDescription.MAX_MEDIA + " media sections");
        }
        sections.add(MediaSection.begin(value, warnings));
    }

    /** {@code IN IP4 224.1.2.3/127}. */
    private void connection(String value) {
        String[] parts = value.split("\\s+");
        if (parts.length < 3) {
            warnings.add("c=" + Warnings.shown(value) + " has no address");
            return;
        }
        Optional<String> address = Optional.of(parts[2].replaceFirst("/.*", ""));
        if (sections.isEmpty()) {
            sessionAddress = address;
        } else {
            sections.getLast().address(address);
        }
    }

    private void attribute(String value) throws SdpException {
        if (!sections.isEmpty()) {
            sections.getLast().attribute(value);
        } else if (value.regionMatches(true, 0, CONTROL, 0, CONTROL.length())) {
            sessionControl = Optional.of(value.substring(CONTROL.length()).strip());
        }
    }
}
