package io.mcm.rtsp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The wire form of messages. */
final class MessageText {

    private MessageText() {}

    static byte[] encode(String firstLine, RtspHeaders headers, byte[] body) {
        StringBuilder head = new StringBuilder(firstLine).append("\r\n");
        headers.appendTo(head);
        if (body.length > 0) {
            head.append(RtspMessage.CONTENT_LENGTH).append(": ").append(body.length).append("\r\n");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        out.writeBytes(body);
        return out.toByteArray();
    }
}
