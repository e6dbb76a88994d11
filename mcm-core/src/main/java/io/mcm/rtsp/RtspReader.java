package io.mcm.rtsp;

import io.mcm.sdp.SessionDescription;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Takes messages and interleaved frames off a stream of bytes, each held to limits. What real peers do is taken: lines that end in LF alone, empty lines
 * between messages, header fields folded over lines. Used by one thread.
 */
public final class RtspReader {

    /** Bytes of one line. What nginx takes by default (large_client_header_buffers, 8k); digests and URLs of cameras stay below 1,000. */
    static final int MAX_LINE = 8 << 10;
    /** Header fields. VLC and ffmpeg send 4 to 8, cameras answer 4 to 12. */
    static final int MAX_FIELDS = 64;
    /** Bytes of a body: a session description is the longest there is. */
    static final int MAX_BODY = SessionDescription.MAX_LENGTH;
    /** Empty lines between two messages; some clients send one after a body. */
    static final int MAX_EMPTY_LINES = 8;

    private static final int CODE_LENGTH = 3;
    private static final int MIN_CODE = 100;
    private static final int MAX_CODE = 599;
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    private final InputStream in;
    private final InterleavedFrame frame = new InterleavedFrame();
    private final byte[] frameHeader = new byte[InterleavedFrame.HEADER_LENGTH];
    private final byte[] line = new byte[MAX_LINE];

    /** @param in buffered, for it is read byte by byte */
    public RtspReader(InputStream in) {
        this.in = in;
    }

    /**
     * The next message.
     *
     * @return a frame is valid until the next call; null where the stream ended between two messages
     * @throws RtspException where the bytes are no RTSP: what follows cannot be told then
     * @throws EOFException where the stream ended in a message
     */
    public RtspMessage next() throws IOException {
        for (int empty = 0; empty <= MAX_EMPTY_LINES; empty++) {
            int first = in.read();
            if (first < 0) {
                return null;
            }
            if (first == InterleavedFrame.MAGIC) {
                return readFrame();
            }
            String start = readLine(first);
            if (!start.isEmpty()) {
                return readMessage(start);
            }
        }
        throw new RtspException("more than " + MAX_EMPTY_LINES + " empty lines before a message");
    }

    private InterleavedFrame readFrame() throws IOException {
        readFully(frameHeader, 1, InterleavedFrame.HEADER_LENGTH - 1);
        int length = InterleavedFrame.length(frameHeader);
        readFully(frame.bytes, 0, length);
        return frame.set(InterleavedFrame.channel(frameHeader), length);
    }

    private void readFully(byte[] to, int offset, int length) throws IOException {
        if (in.readNBytes(to, offset, length) < length) {
            throw new EOFException("the connection ended in a message");
        }
    }

    private String readLine() throws IOException {
        return readLine(in.read());
    }

    private String readLine(int first) throws IOException {
        int length = 0;
        for (int next = first; next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended in a message");
            }
            if (length == MAX_LINE) {
                throw new RtspException(RtspStatus.TOO_LARGE, "a line of more than " + MAX_LINE + " bytes");
            }
            line[length++] = (byte) next;
        }
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        return new String(line, 0, end, StandardCharsets.UTF_8);
    }

    private RtspMessage readMessage(String start) throws IOException {
        if (start.startsWith("RTSP/")) {
            return readResponse(start);
        }
        String[] parts = start.split(" ", -1);
        if (parts.length != 3 || !parts[0].matches(TOKEN) || parts[1].isEmpty() || !parts[2].startsWith("RTSP/")) {
            throw new RtspException("request line " + Shown.text(start) + "; expected is METHOD URI " + RtspMessage.VERSION);
        }
        RtspHeaders headers = readHeaders();
        byte[] body = readBody(headers);
        if (!parts[2].equals(RtspMessage.VERSION)) {
            throw new RtspException(RtspStatus.VERSION_NOT_SUPPORTED, Shown.text(parts[2]) + "; known is " + RtspMessage.VERSION);
        }
        return new RtspRequest(parts[0], parts[1], headers, body);
    }

    private RtspResponse readResponse(String start) throws IOException {
        String[] parts = start.split(" ", 3);
        boolean good = parts.length >= 2 && parts[1].matches("[0-9]{" + CODE_LENGTH + "}");
        int code = good ? Integer.parseInt(parts[1]) : 0;
        if (code < MIN_CODE || code > MAX_CODE) {
            throw new RtspException("status line " + Shown.text(start) + "; expected is " + RtspMessage.VERSION + " CODE REASON");
        }
        RtspHeaders headers = readHeaders();
        return new RtspResponse(code, parts.length < 3 ? "" : parts[2], headers, readBody(headers));
    }

    private RtspHeaders readHeaders() throws IOException {
        RtspHeaders headers = RtspHeaders.NONE;
        String field = readLine();
        while (!field.isEmpty()) {
            String next = readLine();
            StringBuilder folded = new StringBuilder(field);
            while (next.startsWith(" ") || next.startsWith("\t")) {
                folded.append(' ').append(next.strip());
                checkLength(folded.length());
                next = readLine();
            }
            headers = add(headers, folded.toString());
            field = next;
        }
        return headers;
    }

    private static void checkLength(int length) throws RtspException {
        if (length > MAX_LINE) {
            throw new RtspException(RtspStatus.TOO_LARGE, "a header field of more than " + MAX_LINE + " bytes");
        }
    }

    private static RtspHeaders add(RtspHeaders headers, String field) throws RtspException {
        int colon = field.indexOf(':');
        String name = colon < 0 ? "" : field.substring(0, colon).strip();
        if (!name.matches(TOKEN) || field.indexOf('\r') >= 0) {
            throw new RtspException("header field " + Shown.text(field) + "; expected is NAME: VALUE");
        }
        if (headers.size() == MAX_FIELDS) {
            throw new RtspException(RtspStatus.TOO_LARGE, "more than " + MAX_FIELDS + " header fields");
        }
        return headers.with(name, field.substring(colon + 1).strip());
    }

    private byte[] readBody(RtspHeaders headers) throws IOException {
        Optional<String> said = headers.first(RtspMessage.CONTENT_LENGTH);
        String digits = said.orElse("0");
        if (!digits.matches("[0-9]{1,9}")) {
            throw new RtspException("Content-Length " + Shown.text(digits) + "; allowed are 0 to " + MAX_BODY);
        }
        int length = Integer.parseInt(digits);
        if (length > MAX_BODY) {
            throw new RtspException(RtspStatus.TOO_LARGE, "Content-Length " + length + "; allowed are 0 to " + MAX_BODY);
        }
        byte[] body = new byte[length];
        readFully(body, 0, length);
        return body;
    }
}
