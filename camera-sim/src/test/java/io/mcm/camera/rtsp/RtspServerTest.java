package io.mcm.camera.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.camera.pace.Pacer;
import io.mcm.rtp.Goodbye;
import io.mcm.rtp.ReceiverReport;
import io.mcm.rtp.ReceptionStatistics;
import io.mcm.rtp.Rtcp;
import io.mcm.rtp.RtcpPacket;
import io.mcm.rtp.RtpPacket;
import io.mcm.rtp.SenderReport;
import io.mcm.rtsp.Credentials;
import io.mcm.rtsp.DigestChallenge;
import io.mcm.rtsp.RtspResponse;
import io.mcm.rtsp.TransportHeader;
import io.mcm.sdp.SessionDescription;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server against a client that does one thing at a time, right and wrong. */
@Timeout(300)
class RtspServerTest {

    private static final String INTERLEAVED = "RTP/AVP/TCP;unicast;interleaved=0-1";
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final int FRAMES = 20;

    private RtspServer server;

    private RtspServer start(RtspServerConfig config, ServedStream stream) throws IOException {
        server = RtspServer.start(config, stream);
        return server;
    }

    private RtspServer start(ServedStream stream) throws IOException {
        return start(RtspServerConfig.at(ANY_PORT), stream);
    }

    private static ServedStream short20() {
        return Streams.synthetic(FRAMES, 100, 1);
    }

    @AfterEach
    void close() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void rfc2326Section102ADescriptionHasTheStreamsOwnParameterSets() throws Exception {
        try (TestPlayer player = new TestPlayer(start(short20()))) {
            RtspResponse response = player.ask("DESCRIBE", "", "Accept", "application/sdp");
            assertThat(response.headers().first("Content-Base")).contains(server.url() + "/");
            SessionDescription sdp = SessionDescription.parse(response.bodyText());
            assertThat(sdp.warnings()).isEmpty();
            assertThat(sdp.media()).singleElement().satisfies(media -> {
                assertThat(media.payloadType()).isEqualTo(96);
                assertThat(media.packetizationMode()).isEqualTo(1);
                assertThat(media.parameterSets()).hasSize(2);
                assertThat(media.profileLevelId()).isPresent();
                assertThat(media.control()).contains("track0");
            });
        }
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        OPTIONS       | ''       | -                                                      | 200
        DESCRIBE      | /        | -                                                      | 200
        DESCRIBE      | ?a=b     | -                                                      | 200
        DESCRIBE      | /other   | -                                                      | 404
        DESCRIBE      | ''       | Accept: text/html                                      | 406
        SETUP         | /track1  | Transport: RTP/AVP/TCP;interleaved=0-1                 | 404
        SETUP         | /track0  | -                                                      | 461
        SETUP         | /track0  | Transport: RTP/AVP;multicast;port=4000-4001            | 461
        SETUP         | /track0  | Transport: RTP/SAVP;unicast;client_port=4000-4001      | 461
        SETUP         | /track0  | Transport: RTP/AVP;unicast;client_port=0-1             | 461
        SETUP         | /track0  | Transport: RTP/AVP;unicast                             | 461
        SETUP         | /track0  | Transport: RTP/AVP/TCP;interleaved=0-1;mode=RECORD     | 461
        SETUP         | ''       | Transport: RTP/AVP/TCP;interleaved=0-1                 | 200
        PLAY          | ''       | -                                                      | 454
        PLAY          | ''       | Session: 0123456789abcdef                              | 454
        PAUSE         | ''       | -                                                      | 454
        TEARDOWN      | ''       | -                                                      | 454
        GET_PARAMETER | ''       | -                                                      | 200
        GET_PARAMETER | ''       | Session: 0123456789abcdef                              | 454
        SET_PARAMETER | ''       | -                                                      | 200
        RECORD        | ''       | -                                                      | 405
        BREW          | ''       | -                                                      | 501
        DESCRIBE      | ''       | Require: teapot                                        | 551
        """)
    void isAnswered(String method, String suffix, String field, int code) throws Exception {
        try (TestPlayer player = new TestPlayer(start(short20()))) {
            String[] fields = field == null ? new String[0] : field.split(": ", 2);
            assertThat(player.ask(method, suffix, fields).code()).isEqualTo(code);
            assertThat(player.ask("OPTIONS", "").code()).isEqualTo(200);
        }
    }

    @Test
    void rfc2326AppendixA2MethodsThatDoNotFitTheStateAreRefused() throws Exception {
        try (TestPlayer player = new TestPlayer(start(Streams.synthetic(0, 25, 1)))) {
            assertThat(player.setUp(INTERLEAVED).code()).isEqualTo(200);
            assertThat(player.ask("PAUSE", "").code()).isEqualTo(455);
            assertThat(player.ask("SETUP", "/track0", "Transport", INTERLEAVED).code()).isEqualTo(455);
            assertThat(player.ask("PLAY", "", "Range", "npt=abc").code()).isEqualTo(457);
            assertThat(player.ask("PLAY", "", "Range", "npt=0.000-").code()).isEqualTo(200);
            assertThat(player.ask("PLAY", "").code()).isEqualTo(200);
            assertThat(player.ask("GET_PARAMETER", "").code()).isEqualTo(200);
            assertThat(player.ask("TEARDOWN", "").code()).isEqualTo(200);
            assertThat(player.ask("PLAY", "").code()).isEqualTo(454);
        }
    }

    @Test
    void interleavedPacketsBeginAsRtpInfoSaysAndEndWithBye() throws Exception {
        try (TestPlayer player = new TestPlayer(start(short20()))) {
            RtspResponse setup = player.setUp("RTP/AVP/TCP;unicast;interleaved=6-7");
            TransportHeader transport = TransportHeader.parse(setup.headers().first("Transport").orElseThrow()).getFirst();
            assertThat(transport.ssrc()).contains(Streams.SSRC);
            RtspResponse play = player.ask("PLAY", "");
            List<byte[]> packets = new ArrayList<>();
            SenderReport first = null;
            boolean left = false;
            while (!left) {
                TestPlayer.Frame frame = player.frame();
                if (frame.channel() == 6) {
                    packets.add(frame.packet());
                } else {
                    assertThat(frame.channel()).isEqualTo(7);
                    RtcpPacket rtcp = rtcp(frame.packet());
                    first = first == null ? senderReport(rtcp) : first;
                    left = hasGoodbye(frame.packet());
                }
            }
            RtpPacket packet = rtp(packets.getFirst());
            assertThat(play.headers().first("RTP-Info")).contains("url=%s/track0;seq=%d;rtptime=%d"
                .formatted(server.url(), packet.sequence(), Integer.toUnsignedLong(packet.timestamp())));
            assertThat(play.headers().first("Range")).contains("npt=0.000-");
            assertThat(first.ssrc()).isEqualTo(Streams.SSRC);
            assertThat(first.rtpTimestamp()).isEqualTo(packet.timestamp());
            assertThat(packets.stream().filter(each -> rtp(each).marker()).count()).isEqualTo(FRAMES);
            assertThat(rtp(packets.getLast()).sequence()).isEqualTo(packet.sequence() + packets.size() - 1 & 0xffff);
        }
    }

    @Test
    void afterAPauseTheSequenceGoesOnWithoutAGap() throws Exception {
        try (TestPlayer player = new TestPlayer(start(Streams.synthetic(0, 50, 1)))) {
            player.setUp(INTERLEAVED);
            player.ask("PLAY", "");
            int before = sequenceOf(player, 10);
            assertThat(player.ask("PAUSE", "").code()).isEqualTo(200);
            RtspResponse again = player.ask("PLAY", "");
            // What was under way when the pause came is among the frames that this answer waited behind.
            String info = again.headers().first("RTP-Info").orElseThrow();
            int next = Integer.parseInt(info.replaceAll(".*seq=(\\d+).*", "$1"));
            int sequence = before;
            while (sequence != next) {
                int following = sequenceOf(player, 1);
                assertThat(following).isEqualTo(sequence + 1 & 0xffff);
                sequence = following;
            }
            assertThat(again.headers().first("Range").orElseThrow()).doesNotContain("npt=0.000");
        }
    }

    /** Of the last of so many RTP packets. */
    private static int sequenceOf(TestPlayer player, int count) throws IOException {
        int sequence = -1;
        for (int seen = 0; seen < count; ) {
            TestPlayer.Frame frame = player.frame();
            if (frame.channel() == 0) {
                sequence = rtp(frame.packet()).sequence();
                seen++;
            }
        }
        return sequence;
    }

    @Test
    void overUdpPacketsComeFromTheAnnouncedPortsAndReportsAreHeard() throws Exception {
        try (TestPlayer player = new TestPlayer(start(Streams.synthetic(0, 50, 1)));
             DatagramSocket rtp = new DatagramSocket(ANY_PORT); DatagramSocket rtcp = new DatagramSocket(ANY_PORT)) {
            rtp.setSoTimeout((int) TestPlayer.PATIENCE.toMillis());
            rtcp.setSoTimeout((int) TestPlayer.PATIENCE.toMillis());
            RtspResponse setup = player.setUp("RTP/AVP;unicast;destination=192.0.2.1;client_port=%d-%d".formatted(rtp.getLocalPort(), rtcp.getLocalPort()));
            TransportHeader transport = TransportHeader.parse(setup.headers().first("Transport").orElseThrow()).getFirst();
            int serverRtp = transport.serverPorts().orElseThrow().rtp();
            int serverRtcp = transport.serverPorts().orElseThrow().rtcp();
            assertThat(serverRtp % 2).isZero();
            assertThat(serverRtcp).isEqualTo(serverRtp + 1);
            // What ffmpeg sends to open a NAT, before and while it plays.
            byte[] dummy = {(byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
            rtp.send(new DatagramPacket(dummy, dummy.length, server.address().getAddress(), serverRtp));
            player.ask("PLAY", "");
            assertThat(portOfNext(rtp)).isEqualTo(serverRtp);
            assertThat(portOfNext(rtcp)).isEqualTo(serverRtcp);
            byte[] report = receiverReport();
            rtcp.send(new DatagramPacket(report, report.length, server.address().getAddress(), serverRtcp));
            rtcp.send(new DatagramPacket(dummy, dummy.length, server.address().getAddress(), serverRtcp));
            await(() -> server.count(RtspCounter.RTCP_INVALID) == 1);
            player.ask("TEARDOWN", "");
            await(() -> server.sessions() == 0);
        }
    }

    private static int portOfNext(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        socket.receive(packet);
        return packet.getPort();
    }

    private static byte[] receiverReport() {
        ReceiverReport report = new ReceiverReport(7, "test");
        byte[] bytes = new byte[report.maxLength()];
        int length = report.write(MemorySegment.ofArray(bytes), 0, Streams.SSRC, new ReceptionStatistics(), new io.mcm.rtp.SenderClock(), 0);
        return java.util.Arrays.copyOf(bytes, length);
    }

    @Test
    void aUdpClientOfWhichNothingIsHeardIsGivenUp() throws Exception {
        start(RtspServerConfig.at(ANY_PORT).withTimeout(Duration.ofSeconds(1)), Streams.synthetic(0, 25, 1));
        try (TestPlayer player = new TestPlayer(server)) {
            assertThat(player.setUp("RTP/AVP;unicast;client_port=5004-5005").headers().first("Session").orElseThrow()).endsWith(";timeout=1");
            await(() -> server.count(RtspCounter.SESSIONS_TIMED_OUT) == 1 && server.sessions() == 0);
            assertThat(player.frame()).isNull();
        }
    }

    @Test
    void aClientThatTakesNothingHoldsNobodyElse() throws Exception {
        start(Streams.synthetic(0, 25, Pacer.MAX_SPEED));
        try (TestPlayer stuck = new TestPlayer(server); TestPlayer quick = new TestPlayer(server)) {
            stuck.setUp(INTERLEAVED);
            stuck.ask("PLAY", "");
            quick.setUp(INTERLEAVED);
            quick.ask("PLAY", "");
            sequenceOf(quick, 20_000);
            assertThat(quick.ask("GET_PARAMETER", "").code()).isEqualTo(200);
        }
    }

    @Test
    void aClientThatLeavesInTheMiddleLeavesNothingBehind() throws Exception {
        start(Streams.synthetic(0, 100, 1));
        try (TestPlayer player = new TestPlayer(server)) {
            player.setUp(INTERLEAVED);
            player.ask("PLAY", "");
            player.frame();
        }
        await(() -> server.sessions() == 0);
    }

    @Test
    void moreClientsThanAllowedAreTurnedAway() throws Exception {
        start(RtspServerConfig.at(ANY_PORT).withMaxClients(1), short20());
        try (TestPlayer first = new TestPlayer(server)) {
            assertThat(first.ask("OPTIONS", "").code()).isEqualTo(200);
            try (TestPlayer second = new TestPlayer(server)) {
                assertThat(second.frame()).isNull();
            }
            assertThat(first.ask("OPTIONS", "").code()).isEqualTo(200);
        }
        assertThat(server.count(RtspCounter.CONNECTIONS_REFUSED)).isEqualTo(1);
    }

    @Test
    void rfc7616OnlyWhoKnowsThePasswordGetsIn() throws Exception {
        Credentials right = new Credentials("bob", "s3c,r\"et");
        start(RtspServerConfig.at(ANY_PORT).withCredentials(right), short20());
        try (TestPlayer player = new TestPlayer(server)) {
            assertThat(player.ask("OPTIONS", "").code()).isEqualTo(200);
            RtspResponse refused = player.ask("DESCRIBE", "");
            assertThat(refused.code()).isEqualTo(401);
            DigestChallenge challenge = DigestChallenge.parse(refused.headers().first("WWW-Authenticate").orElseThrow()).orElseThrow();
            String wrong = challenge.answer(new Credentials("bob", "guess"), "DESCRIBE", server.url(), 1, "c");
            assertThat(player.ask("DESCRIBE", "", "Authorization", wrong).code()).isEqualTo(401);
            String good = challenge.answer(right, "DESCRIBE", server.url(), 1, "c");
            assertThat(player.ask("DESCRIBE", "", "Authorization", good).code()).isEqualTo(200);
            assertThat(player.ask("SETUP", "/track0", "Transport", INTERLEAVED, "Authorization", good).code()).as("of another method").isEqualTo(401);
            assertThat(player.ask("TEARDOWN", "", "Authorization", "Basic Ym9iOnMzYw==").code()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "GET / HTTP/1.1\r\n\r\n", "OPTIONS * RTSP/2.0\r\nCSeq: 1\r\n\r\n", "OPTIONS * RTSP/1.0\r\n\r\n", "OPTIONS * RTSP/1.0\r\nCSeq: x\r\n\r\n",
        "\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n", "SETUP x RTSP/1.0\r\nCSeq: 1\r\nContent-Length: 99999999\r\n\r\n", "\u0016\u0003\u0001\u0002\r\n",
        "OPTIONS * RTSP/1.0\r\nCSeq\r\n\r\n"})
    void whatIsNoRtspIsCutOffWithAnAnswer(String bytes) throws Exception {
        try (TestPlayer player = new TestPlayer(start(short20()))) {
            player.socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(player.connection.read(TestPlayer.PATIENCE)).isInstanceOfSatisfying(RtspResponse.class, response ->
                assertThat(response.code()).isIn(400, 413, 505));
            assertThat(player.connection.read(TestPlayer.PATIENCE)).isNull();
            assertThat(server.count(RtspCounter.BAD_REQUESTS)).isEqualTo(1);
        }
        try (TestPlayer next = new TestPlayer(server)) {
            assertThat(next.ask("OPTIONS", "").code()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "$", "$\0\377\377abc", "OPTIONS * RTSP/1.0\r\nCSe", "$\0\0\0$\1\0\4abcd$\7\0\1x"})
    void whoStopsInTheMiddleIsForgotten(String bytes) throws Exception {
        try (TestPlayer player = new TestPlayer(start(short20()))) {
            player.socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        }
        try (TestPlayer next = new TestPlayer(server)) {
            assertThat(next.ask("OPTIONS", "").code()).isEqualTo(200);
        }
    }

    private static RtpPacket rtp(byte[] bytes) {
        RtpPacket packet = new RtpPacket();
        assertThat(packet.wrap(MemorySegment.ofArray(bytes), 0, bytes.length)).isEqualTo(RtpPacket.Validity.VALID);
        return packet;
    }

    private static RtcpPacket rtcp(byte[] bytes) {
        RtcpPacket packet = new RtcpPacket();
        assertThat(packet.wrap(MemorySegment.ofArray(bytes), 0, bytes.length)).isEqualTo(RtcpPacket.Validity.VALID);
        return packet;
    }

    private static SenderReport senderReport(RtcpPacket packet) {
        SenderReport report = new SenderReport();
        assertThat(packet.next()).isTrue();
        assertThat(report.wrap(packet)).isTrue();
        return report;
    }

    private static boolean hasGoodbye(byte[] bytes) {
        RtcpPacket packet = rtcp(bytes);
        Goodbye goodbye = new Goodbye();
        boolean found = false;
        while (packet.next()) {
            found |= packet.type() == Rtcp.GOODBYE && goodbye.wrap(packet) && goodbye.ssrc(0) == Streams.SSRC;
        }
        return found;
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (long end = System.nanoTime() + TestPlayer.PATIENCE.toNanos(); !condition.getAsBoolean(); Thread.sleep(10)) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
        }
    }
}
