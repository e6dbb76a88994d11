package io.mcm.rtsp;

import java.nio.charset.StandardCharsets;

/**
 * A response (RFC 2326 section 7).
 *
 * @param code 100 to 599
 * @param body empty where it has none
 */
public record RtspResponse(int code, String reason, RtspHeaders headers, byte[] body) implements RtspMessage {

    public RtspResponse(RtspStatus status) {
        this(status.code(), status.reason(), RtspHeaders.NONE, new byte[0]);
    }

    /** These fields, and one more. */
    public RtspResponse with(String name, String value) {
        return new RtspResponse(code, reason, headers.with(name, value), body);
    }

    /** The same with a body. */
    public RtspResponse withBody(String type, String text) {
        return new RtspResponse(code, reason, headers.with(CONTENT_TYPE, type), text.getBytes(StandardCharsets.UTF_8));
    }

    public boolean is(RtspStatus status) {
        return code == status.code();
    }

    /** As it is sent; the length of a body is added. */
    byte[] encode() {
        return MessageText.encode(VERSION + " " + code + " " + reason, headers, body);
    }

    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Without header values, which may hold secrets. */
    @Override
    public String toString() {
        return code + " " + Shown.text(reason);
    }
}
