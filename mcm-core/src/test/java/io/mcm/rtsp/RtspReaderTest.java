package io.mcm.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken for a message, and what is not. */
class RtspReaderTest {

    private static RtspReader over(String text) {
        return new RtspReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** With {@code |} for CR LF and a backslash for LF. */
    private static RtspReader overLines(String lines) {
        return over(lines.replace("|", "\r\n").replace("\\", "\n"));
    }

    @Test
    void rfc2326Section6ARequest() throws IOException {
        RtspReader reader = overLines("DESCRIBE rtsp://h/a RTSP/1.0|CSeq: 312|Accept: application/sdp||");
        assertThat(reader.next()).isInstanceOfSatisfying(RtspRequest.class, request -> {
            assertThat(request.method()).isEqualTo("DESCRIBE");
            assertThat(request.uri()).isEqualTo("rtsp://h/a");
            assertThat(request.headers().first("cseq")).contains("312");
            assertThat(request.body()).isEmpty();
        });
        assertThat(reader.next()).isNull();
    }

    @Test
    void rfc2326Section7AResponseWithABody() throws IOException {
        RtspReader reader = overLines("RTSP/1.0 200 OK|CSeq: 1|content-length: 4||v=0|OPTIONS * RTSP/1.0||".replace("v=0|", "v=0\n"));
        assertThat(reader.next()).isInstanceOfSatisfying(RtspResponse.class, response -> {
            assertThat(response.code()).isEqualTo(200);
            assertThat(response.bodyText()).isEqualTo("v=0\n");
        });
        assertThat(reader.next()).isInstanceOf(RtspRequest.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        lines that end in LF alone;          OPTIONS * RTSP/1.0\\CSeq: 2\\\\
        empty lines before the request;      ||OPTIONS * RTSP/1.0|CSeq: 2||
        a field folded over two lines;       OPTIONS * RTSP/1.0|X: a|  b|CSeq: 2||
        no space after the colon;            OPTIONS * RTSP/1.0|CSeq:2||
        spaces around the value;             OPTIONS * RTSP/1.0|CSeq  :   2  ||
        """)
    void isTakenAsRealPeersSendIt(String what, String lines) throws IOException {
        assertThat(overLines(lines).next()).isInstanceOfSatisfying(RtspRequest.class, request ->
            assertThat(request.headers().first("CSeq")).as(what).contains("2"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        BAD_REQUEST;           no request at all;        GET
        BAD_REQUEST;           no version;               OPTIONS *||
        BAD_REQUEST;           two spaces;               OPTIONS  * RTSP/1.0||
        BAD_REQUEST;           HTTP;                     GET / HTTP/1.1||
        BAD_REQUEST;           a code of two digits;     RTSP/1.0 20 OK||
        BAD_REQUEST;           a code of 999;            RTSP/1.0 999 OK||
        BAD_REQUEST;           a field without colon;    OPTIONS * RTSP/1.0|CSeq 1||
        BAD_REQUEST;           a field without name;     OPTIONS * RTSP/1.0|: 1||
        BAD_REQUEST;           a name with a space;      OPTIONS * RTSP/1.0|C Seq: 1||
        BAD_REQUEST;           a negative length;        OPTIONS * RTSP/1.0|Content-Length: -1||
        BAD_REQUEST;           a length in hex;          OPTIONS * RTSP/1.0|Content-Length: 0x10||
        TOO_LARGE;             a body of a gigabyte;     OPTIONS * RTSP/1.0|Content-Length: 999999999||
        BAD_REQUEST;           ten empty lines;          ||||||||||OPTIONS * RTSP/1.0||
        VERSION_NOT_SUPPORTED; RTSP 2.0;                 OPTIONS * RTSP/2.0||
        """)
    void isRefused(RtspStatus status, String what, String lines) {
        assertThatThrownBy(() -> overLines(lines + "||").next()).as(what)
            .isInstanceOfSatisfying(RtspException.class, e -> assertThat(e.status()).isEqualTo(status));
    }

    @Test
    void aLineWithoutEndIsRefusedAtTheLimit() {
        assertThatThrownBy(() -> over("O".repeat(RtspReader.MAX_LINE + 1)).next())
            .isInstanceOfSatisfying(RtspException.class, e -> assertThat(e.status()).isEqualTo(RtspStatus.TOO_LARGE));
    }

    @Test
    void aHeaderWithoutEndIsRefusedAtTheLimit() {
        String fields = "X: y\r\n".repeat(RtspReader.MAX_FIELDS + 2);
        assertThatThrownBy(() -> over("OPTIONS * RTSP/1.0\r\n" + fields).next())
            .isInstanceOfSatisfying(RtspException.class, e -> assertThat(e.status()).isEqualTo(RtspStatus.TOO_LARGE));
    }

    @Test
    void aFieldFoldedWithoutEndIsRefusedAtTheLimit() {
        String folded = " y\r\n".repeat(RtspReader.MAX_LINE);
        assertThatThrownBy(() -> over("OPTIONS * RTSP/1.0\r\nX: y\r\n" + folded).next())
            .isInstanceOfSatisfying(RtspException.class, e -> assertThat(e.status()).isEqualTo(RtspStatus.TOO_LARGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"$", "$\0\0", "$\0\0\5abcd", "OPTIONS", "OPTIONS * RTSP/1.0\r\n", "OPTIONS * RTSP/1.0\r\nContent-Length: 3\r\n\r\nab"})
    void aMessageThatEndsTooSoonIsNone(String text) {
        assertThatThrownBy(() -> over(text).next()).isInstanceOf(EOFException.class);
    }

    @Test
    void rfc2326Section1012FramesStandBetweenMessages() throws IOException {
        RtspReader reader = over("$\1\0\3abcRTSP/1.0 200 OK\r\n\r\n$\377\0\0");
        assertThat(reader.next()).isInstanceOfSatisfying(InterleavedFrame.class, frame -> {
            assertThat(frame.channel()).isEqualTo(1);
            assertThat(frame.length()).isEqualTo(3);
            assertThat(frame.segment().get(java.lang.foreign.ValueLayout.JAVA_BYTE, 2)).isEqualTo((byte) 'c');
        });
        assertThat(reader.next()).isInstanceOf(RtspResponse.class);
        assertThat(reader.next()).isInstanceOfSatisfying(InterleavedFrame.class, frame -> {
            assertThat(frame.channel()).isEqualTo(255);
            assertThat(frame.length()).isZero();
        });
    }

    @Test
    void whatIsShownOfAMessageHasNoSecret() {
        RtspRequest request = new RtspRequest("SETUP", "rtsp://h/\u001b[2J", RtspHeaders.NONE.with("Authorization", "Basic c2VjcmV0"));
        assertThat(request.toString() + request.headers()).doesNotContain("c2VjcmV0").doesNotContain("\u001b");
    }
}
