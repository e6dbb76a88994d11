package io.mcm.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.rtsp.DigestAlgorithm;
import io.mcm.rtsp.DigestAnswer;
import io.mcm.rtsp.DigestChallenge;
import io.mcm.rtsp.Credentials;
import io.mcm.rtsp.NumberPair;
import io.mcm.rtsp.RtspException;
import io.mcm.rtsp.RtspRequest;
import io.mcm.rtsp.RtspResponse;
import io.mcm.rtsp.RtspStatus;
import io.mcm.rtsp.RtspUrl;
import io.mcm.rtsp.TransportHeader;
import io.mcm.sdp.H264Media;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The client against cameras that do right, and cameras that do wrong: every wait ends, and says why. */
@Timeout(300)
class RtspClientTest {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final TransportHeader INTERLEAVED = TransportHeader.interleaved(new NumberPair(0, 1));

    private ScriptedCamera camera;
    private RtspClient client;

    private RtspClient connect(Function<RtspRequest, byte[]> script) throws IOException {
        camera = new ScriptedCamera(script);
        RtspUrl url = RtspUrl.parse(camera.url());
        client = RtspClient.connect(url, url.credentials(), InetAddress.getLoopbackAddress(), InetAddress.getLoopbackAddress(), _ -> { }, PATIENCE,
            System::nanoTime);
        return client;
    }

    private static Function<RtspRequest, byte[]> good(UnaryOperator<RtspResponse> change) {
        return request -> ScriptedCamera.bytes(change.apply(ScriptedCamera.good(request)));
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        camera.close();
    }

    private void begin() throws IOException {
        H264Media media = client.describe();
        client.setUp(media, INTERLEAVED);
        client.play();
    }

    @Test
    void theFirstH264OfTheDescriptionIsPlayed() throws IOException {
        connect(good(UnaryOperator.identity()));
        assertThat(client.describe().payloadType()).isEqualTo(97);
        begin();
        assertThat(camera.asked()).extracting(RtspRequest::method).endsWith("DESCRIBE", "SETUP", "PLAY");
        assertThat(client.timeout()).isEqualTo(Duration.ofSeconds(3));
    }

    @ParameterizedTest(name = "{0} + {1} + {2}: SETUP {3}, PLAY {4}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        rtsp://h/a/   | *            | video             | rtsp://h/a/video   | rtsp://h/a/
        rtsp://h/a    | *            | video             | rtsp://h/a/video   | rtsp://h/a
        rtsp://h/a/   | rtsp://h/b   | rtsp://h/b/video  | rtsp://h/b/video   | rtsp://h/b
        rtsp://h/a/   | -            | -                 | rtsp://h/a/        | rtsp://h/a/
        rtsp://h/a?b  | *            | trackID=1         | rtsp://h/a?b/trackID=1 | rtsp://h/a?b
        """)
    void rfc2326AppendixC11ControlUrlsAreRelativeToTheBase(String base, String session, String track, String setUp, String play) throws IOException {
        String sdp = ScriptedCamera.SDP.replace("a=control:*\r\n", session == null ? "" : "a=control:" + session + "\r\n")
            .replace("a=control:video\r\n", track == null ? "" : "a=control:" + track + "\r\n");
        connect(request -> ScriptedCamera.bytes(request.method().equals("DESCRIBE")
            ? ScriptedCamera.status(request, RtspStatus.OK).with("Content-Base", base).withBody("application/sdp", sdp)
            : ScriptedCamera.good(request)));
        begin();
        assertThat(camera.asked()).extracting(RtspRequest::uri).endsWith(setUp, play);
    }

    @ParameterizedTest
    @EnumSource(DigestAlgorithm.class)
    void theStrongestDigestOfferedIsAnswered(DigestAlgorithm strongest) throws IOException {
        Credentials right = new Credentials("user", "secret");
        List<DigestChallenge> offered = java.util.Arrays.stream(DigestAlgorithm.values()).filter(each -> each.compareTo(strongest) <= 0)
            .map(each -> new DigestChallenge("r", "n" + each, each, each == DigestAlgorithm.SHA_256, Optional.empty(), false)).toList();
        connect(request -> {
            boolean proved = request.headers().first("Authorization").flatMap(DigestAnswer::parse)
                .filter(answer -> answer.proves(right, offered.getLast(), request.method())).isPresent();
            RtspResponse refused = ScriptedCamera.status(request, RtspStatus.UNAUTHORIZED).with("WWW-Authenticate", "Basic realm=\"r\"");
            for (DigestChallenge challenge : offered) {
                refused = refused.with("WWW-Authenticate", challenge.toString());
            }
            return ScriptedCamera.bytes(proved ? ScriptedCamera.good(request) : refused);
        });
        begin();
        assertThat(camera.asked()).hasSize(4).noneMatch(request -> request.headers().first("Authorization").orElse("").startsWith("Basic"));
    }

    @Test
    void basicIsAnsweredWhereNothingElseIsOffered() throws IOException {
        connect(request -> ScriptedCamera.bytes(request.headers().first("Authorization").filter("Basic dXNlcjpzZWNyZXQ="::equals).isPresent()
            ? ScriptedCamera.good(request)
            : ScriptedCamera.status(request, RtspStatus.UNAUTHORIZED).with("WWW-Authenticate", "Basic realm=\"r\"")));
        begin();
    }

    @ParameterizedTest
    @CsvSource({"false, 2", "true, 3"})
    void aPasswordThatIsNeverAcceptedIsNotTriedForEver(boolean stale, int requests) throws IOException {
        connect(request -> ScriptedCamera.bytes(ScriptedCamera.status(request, RtspStatus.UNAUTHORIZED)
            .with("WWW-Authenticate", "Digest realm=\"r\", nonce=\"" + System.nanoTime() + "\", stale=" + stale)));
        assertThatThrownBy(() -> client.describe()).isInstanceOf(RtspException.class).hasMessageContaining("401").hasMessageNotContaining("secret");
        assertThat(camera.asked()).hasSize(requests);
    }

    /** What a camera answers to DESCRIBE, with {@code |} for CR LF and {@code N} for the number asked. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', textBlock = """
        garbage;                      ~~~ \u0007~ ~~|||                                                          ; status|request
        an endless line;              ENDLESS                                                                 ; line
        endless fields;               FIELDS                                                                  ; fields
        a body of a gigabyte;         RTSP/1.0 200 OK|CSeq: N|Content-Length: 999999999||                     ; Content-Length
        half an answer, then silence; RTSP/1.0 200 OK|CSe                                                     ; in time
        a body that does not come;    RTSP/1.0 200 OK|CSeq: N|Content-Length: 100||v=0                        ; in time
        silence;                      ''                                                                      ; in time
        another number;               RTSP/1.0 200 OK|CSeq: 999||                                             ; in time
        many other numbers;           MANY                                                                    ; CSeq
        404;                          RTSP/1.0 404 Not Found|CSeq: N||                                        ; 404
        no description;               RTSP/1.0 200 OK|CSeq: N||                                               ; SDP
        no H.264 in it;               RTSP/1.0 200 OK|CSeq: N|Content-Length: 5||v=0||                        ; H.264
        a redirect to nowhere;        RTSP/1.0 302 Moved|CSeq: N||                                            ; it is at
        requests of its own for ever; REQUESTS                                                                ; CSeq
        packets for ever;             PACKETS                                                                 ; in time
        """)
    void aCameraThatDoesWrongIsGivenUpInTime(String what, String answer, String reason) throws IOException {
        connect(request -> wire(answer, request.headers().first("CSeq").orElseThrow()));
        long began = System.nanoTime();
        assertThatThrownBy(() -> client.describe()).isInstanceOf(IOException.class).message()
            .doesNotContain("secret").matches("[\\x20-\\x7e]*").satisfies(message ->
                assertThat(List.of(reason.split("\\|"))).as(message).anyMatch(message::contains));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PATIENCE.multipliedBy(10));
    }

    private static byte[] wire(String answer, String number) {
        String text = switch (answer) {
            case "ENDLESS" -> "R".repeat(100_000);
            case "FIELDS" -> "RTSP/1.0 200 OK|" + "A: b|".repeat(1_000);
            case "MANY" -> "RTSP/1.0 200 OK|CSeq: 777||".repeat(100);
            case "REQUESTS" -> "OPTIONS * RTSP/1.0|CSeq: 1||".repeat(100);
            case "PACKETS" -> "$\0\0\1x".repeat(10);
            default -> answer.replace("CSeq: N", "CSeq: " + number);
        };
        return text.replace("|", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        no session            | Transport: RTP/AVP/TCP;interleaved=0-1                      | session
        an empty session      | Session: ;timeout=60                                        | session
        no transport          | Session: 1                                                  | transport
        another transport     | Session: 1\\r\\nTransport: RTP/AVP;unicast;client_port=4-5  | RTP/AVP
        """)
    void aSetupThatDoesNotSayWhatIsNeededIsRefused(String what, String fields, String reason) throws IOException {
        connect(request -> request.method().equals("SETUP")
            ? ("RTSP/1.0 200 OK\r\nCSeq: " + request.headers().first("CSeq").orElseThrow() + "\r\n" + fields.replace("\\r\\n", "\r\n") + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII)
            : ScriptedCamera.bytes(ScriptedCamera.good(request)));
        H264Media media = client.describe();
        assertThatThrownBy(() -> client.setUp(media, INTERLEAVED)).as(what).isInstanceOf(RtspException.class).hasMessageContaining(reason);
    }

    @Test
    void aCameraWithoutGetParameterIsAskedForItsOptions() throws IOException {
        connect(request -> ScriptedCamera.bytes(request.method().equals("GET_PARAMETER")
            ? ScriptedCamera.status(request, RtspStatus.NOT_IMPLEMENTED) : ScriptedCamera.good(request)));
        begin();
        client.keepAlive();
        assertThat(client.next(PATIENCE)).isTrue();
        client.keepAlive();
        assertThat(client.next(PATIENCE)).isTrue();
        client.tearDown();
        assertThat(client.next(PATIENCE)).isFalse();
        assertThat(camera.asked()).extracting(RtspRequest::method).endsWith("GET_PARAMETER", "OPTIONS", "TEARDOWN");
    }

    @Test
    void aSessionThatTheCameraEndedIsOver() throws IOException {
        connect(request -> ScriptedCamera.bytes(request.method().equals("GET_PARAMETER")
            ? ScriptedCamera.status(request, RtspStatus.SESSION_NOT_FOUND) : ScriptedCamera.good(request)));
        begin();
        client.keepAlive();
        assertThatThrownBy(() -> client.next(PATIENCE)).isInstanceOf(RtspException.class).hasMessageContaining("454");
    }
}
