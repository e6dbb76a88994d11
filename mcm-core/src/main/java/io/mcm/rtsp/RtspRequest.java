package io.mcm.rtsp;

/**
 * A request (RFC 2326 section 6).
 *
 * @param uri absolute, or {@code *}
 * @param body empty where it has none
 */
public record RtspRequest(String method, String uri, RtspHeaders headers, byte[] body) implements RtspMessage {

    public RtspRequest(String method, String uri, RtspHeaders headers) {
        this(method, uri, headers, new byte[0]);
    }

    /** These fields, and one more. */
    public RtspRequest with(String name, String value) {
        return new RtspRequest(method, uri, headers.with(name, value), body);
    }

    /** As it is sent; the length of a body is added. */
    byte[] encode() {
        return MessageText.encode(method + " " + uri + " " + VERSION, headers, body);
    }

    /** Without header values and body, which may hold secrets. */
    @Override
    public String toString() {
        return method + " " + Shown.text(uri);
    }
}
