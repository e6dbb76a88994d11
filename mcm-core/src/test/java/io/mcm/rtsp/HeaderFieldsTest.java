package io.mcm.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transport, Session, and URLs. */
class HeaderFieldsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ffmpeg, UDP              | RTP/AVP/UDP;unicast;client_port=14236-14237                        | RTP/AVP;unicast;client_port=14236-14237
        ffmpeg, TCP              | RTP/AVP/TCP;unicast;interleaved=0-1                                | RTP/AVP/TCP;unicast;interleaved=0-1
        VLC                      | RTP/AVP;unicast;client_port=4000-4001                              | RTP/AVP;unicast;client_port=4000-4001
        a mode in quotes         | RTP/AVP;unicast;client_port=4-5;mode="PLAY"                        | RTP/AVP;unicast;client_port=4-5;mode="PLAY"
        a mode in small letters  | RTP/AVP;unicast;client_port=4-5;mode=play                          | RTP/AVP;unicast;client_port=4-5;mode="PLAY"
        one port                 | RTP/AVP;unicast;client_port=4000                                   | RTP/AVP;unicast;client_port=4000-4001
        no unicast               | RTP/AVP;client_port=4-5                                            | RTP/AVP;unicast;client_port=4-5
        spaces                   | RTP/AVP ; unicast ; client_port = 4-5                              | RTP/AVP;unicast;client_port=4-5
        multicast                | RTP/AVP;multicast;ttl=127;port=3456-3457                           | RTP/AVP;multicast
        a server's, with ssrc    | RTP/AVP;unicast;client_port=4-5;server_port=6-7;ssrc=DEADBEEF      | RTP/AVP;unicast;client_port=4-5;server_port=6-7;ssrc=DEADBEEF
        a short ssrc             | RTP/AVP;unicast;client_port=4-5;ssrc=beef                          | RTP/AVP;unicast;client_port=4-5;ssrc=0000BEEF
        a destination is ignored | RTP/AVP;unicast;destination=192.0.2.1;client_port=4-5              | RTP/AVP;unicast;client_port=4-5
        a port above the last    | RTP/AVP;unicast;client_port=65535                                  | RTP/AVP;unicast
        no number                | RTP/AVP;unicast;client_port=a-b                                    | RTP/AVP;unicast
        a channel above the last | RTP/AVP/TCP;interleaved=255-256                                    | RTP/AVP/TCP;unicast
        """)
    void rfc2326Section1239ATransportIsRead(String what, String field, String expected) {
        assertThat(TransportHeader.parse(field)).as(what).singleElement().hasToString(expected);
    }

    @Test
    void ofSeveralTransportsTheKnownOnesStayInTheirOrder() {
        assertThat(TransportHeader.parse("RTP/SAVP;unicast,RTP/AVP/TCP;interleaved=2-3, RTP/AVP;unicast;client_port=4-5,RAW/RAW/UDP"))
            .map(TransportHeader::toString)
            .isEqualTo(List.of("RTP/AVP/TCP;unicast;interleaved=2-3", "RTP/AVP;unicast;client_port=4-5"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        12345678            | 12345678 | 60
        12345678;timeout=30 | 12345678 | 30
        a; Timeout = 5      | a        | 5
        a;timeout=0         | a        | 1
        a;timeout=999999999 | a        | 3600
        a;timeout=x         | a        | 60
        """)
    void rfc2326Section1237ASessionIsRead(String field, String id, int seconds) {
        assertThat(SessionHeader.parse(field)).isEqualTo(new SessionHeader(id, Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        rtsp://h                          | h         | 554  | rtsp://h/            |   |
        rtsp://192.0.2.1:8554/a/b?c=d     | 192.0.2.1 | 8554 | rtsp://192.0.2.1:8554/a/b?c=d | |
        rtsp://u:p@h/a                    | h         | 554  | rtsp://h/a           | u | p
        rtsp://u:p%40%2F+%3a@h:8/a        | h         | 8    | rtsp://h:8/a         | u | p@/+:
        rtsp://u@h/a                      | h         | 554  | rtsp://h/a           | u | ''
        RTSP://[::1]:9/a                  | ::1       | 9    | rtsp://[::1]:9/a     |   |
        """)
    void aUrlIsTakenApart(String text, String host, int port, String target, String user, String password) {
        RtspUrl url = RtspUrl.parse(text);
        assertThat(url.host()).isEqualTo(host);
        assertThat(url.port()).isEqualTo(port);
        assertThat(url.target()).isEqualTo(target).isEqualTo(url.toString());
        assertThat(url.credentials().map(Credentials::user).orElse(null)).isEqualTo(user);
        assertThat(url.credentials().map(Credentials::password).orElse(null)).isEqualTo(password);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "rtsp:/x", "http://u:secret@h/", "rtsp://u:secret@/a", "rtsp://u:secret@h:70000/", "rtsp://u:secret@h/a b", "rtsps://u:secret@h/",
        "rtsp://u:se%cret@h/"})
    void anythingElseIsRefusedWithoutItsPassword(String text) {
        assertThatThrownBy(() -> RtspUrl.parse(text)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("expected is rtsp://").hasMessageNotContaining("secret").hasMessageNotContaining("se%cret");
    }
}
