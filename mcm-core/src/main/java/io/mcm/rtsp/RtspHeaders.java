package io.mcm.rtsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The header fields of one message, in their order; names are compared without regard to case (RFC 2326 section 4.2). */
public final class RtspHeaders {

    private final List<Field> fields;

    private record Field(String name, String value) {}

    public static final RtspHeaders NONE = new RtspHeaders(List.of());

    private RtspHeaders(List<Field> fields) {
        this.fields = fields;
    }

    /** These, and one more. */
    public RtspHeaders with(String name, String value) {
        if (hasLineEnd(name) || hasLineEnd(value)) {
            throw new IllegalArgumentException("header field " + Shown.text(name) + " with a line end in it; allowed is one line");
        }
        List<Field> more = new ArrayList<>(fields);
        more.add(new Field(name, value));
        return new RtspHeaders(List.copyOf(more));
    }

    private static boolean hasLineEnd(String text) {
        return text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0;
    }

    /** The first field of that name. */
    public Optional<String> first(String name) {
        return fields.stream().filter(field -> field.name.equalsIgnoreCase(name)).map(Field::value).findFirst();
    }

    /** All fields of that name. */
    public List<String> all(String name) {
        return fields.stream().filter(field -> field.name.equalsIgnoreCase(name)).map(Field::value).toList();
    }

    public int size() {
        return fields.size();
    }

    /** A line each, as they are sent. */
    void appendTo(StringBuilder text) {
        fields.forEach(field -> text.append(field.name).append(": ").append(field.value).append("\r\n"));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RtspHeaders headers && headers.fields.equals(fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    /** Without values, for they may be secret. */
    @Override
    public String toString() {
        return fields.stream().map(Field::name).toList().toString();
    }
}
