package io.mcm.conformance.suite;

import io.mcm.conformance.suite.ConformanceCase.Body;
import java.io.IOException;
import java.net.DatagramSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What clients get wrong at the control port, and what strangers try there: refused at once, and nobody else notices. */
final class ControlAbuseCases {

    private static final int CONNECTIONS = 200;
    private static final int STUCK = 30;
    private static final int NOBODY = 0x7fff_fffe;
    private static final int LENGTH = 300;
    /** How long an answer is waited for where one did not come already. */
    private static final int NEXT_MILLIS = 1_000;
    private static final int IN_TURN = 300;
    /** So many of them with a session; 24.09 takes a second for each. */
    private static final int WITH_SESSION = 20;

    private ControlAbuseCases() {}

    static List<ConformanceCase> all() {
        List<ConformanceCase> cases = new ArrayList<>(wrong());
        cases.addAll(refused());
        cases.addAll(strangers());
        return cases;
    }

    private static ConformanceCase control(String name, String sends, String expects, String why, Body body) {
        return ConformanceCase.of(Group.CONTROL, name, sends, expects, why, body).in(Profile.STRICT);
    }

    /** Each request on a connection of its own; the proxy must end it. All are tried, for each may find another fault. */
    private static Body ends(byte[]... requests) {
        return scene -> {
            List<String> wrong = new ArrayList<>();
            for (int i = 0; i < requests.length; i++) {
                ControlWire wire = scene.wire();
                wire.send(requests[i]);
                byte[] came = wire.next(wrong.isEmpty() ? (int) Scene.PATIENCE.toMillis() : NEXT_MILLIS);
                if (came == null || came.length > 0) {
                    wrong.add("request " + (i + 1) + ": " + (came == null ? "nothing" : "an answer of " + Units.describe(came)));
                }
                leave(scene, wire, came);
            }
            if (!wrong.isEmpty()) {
                throw new CaseFailure("the end of the connection after each of " + requests.length + " requests", String.join("; ", wrong));
            }
        };
    }

    /** A session that should not be is ended as any other, lest the cases after this one suffer from it. */
    private static void leave(Scene scene, ControlWire wire, byte[] came) throws IOException {
        if (came == null || came.length != WireMessage.ID_LENGTH) {
            wire.close();
            return;
        }
        try (RawSession session = RawSession.of(wire, came, 0)) {
            session.map();
        } catch (IOException | CaseFailure e) {
            scene.note("a session that should not be: " + e.getMessage());
        }
    }

    private static byte[] changed(byte[] message, int offset, int value) {
        byte[] copy = message.clone();
        copy[offset] = (byte) value;
        return copy;
    }

    private static List<ConformanceCase> wrong() {
        byte[] create = WireMessage.create(9_000);
        String end = "the end of the connection";
        return List.of(
            control("wrong-magic", "CREATE with another magic word, and a web browser's request", end,
                "what follows is read as requests", ends(changed(create, WireMessage.MAGIC_OFFSET, 'M'),
                    "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .proves("MCM-CTL-06").finds(16),
            control("wrong-version", "CREATE of protocol versions 0x0f and 0x11", end, "another version may mean anything else",
                ends(changed(create, WireMessage.VERSION_OFFSET, 0x0f), changed(create, WireMessage.VERSION_OFFSET, 0x11)))
                .proves("MCM-CTL-06").finds(16),
            control("unknown-command", "commands 0, 6 and 65535", end, "its client waits for ever for an answer",
                ends(WireMessage.about(0, 1), WireMessage.about(6, 1), WireMessage.about(0xffff, 1))).proves("MCM-CTL-07")
                    .finds(18),
            control("path-and-id-queries", "QUERY_MEMIF_PATH and QUERY_MEMIF_ID, which 24.09 knows and never answers", end,
                "its client waits for ever for an answer", ends(WireMessage.about(WireMessage.QUERY_PATH, 1),
                    WireMessage.about(WireMessage.QUERY_ID, 1))).proves("MCM-CTL-07").finds(18),
            control("short-create", "CREATE with 0, 4, 100 and 303 bytes of parameters", end,
                "memory behind the parameters is read",
                ends(shortCreate(0), shortCreate(4), shortCreate(100), shortCreate(303))).proves("MCM-CTL-13").finds(17, 18),
            control("short-query", "QUERY and DESTROY with 0 and 3 bytes of id", end, "memory behind the id is read",
                ends(WireMessage.of(WireMessage.QUERY), WireMessage.of(WireMessage.QUERY, new byte[3]),
                    WireMessage.of(WireMessage.DESTROY),
                    WireMessage.of(WireMessage.DESTROY, new byte[3]))).proves("MCM-CTL-08").finds(18),
            control("end-in-the-middle", "a request that ends after 1, 8, 11, 12 and 200 bytes", end,
                "a thread that reads for ever takes a core for ever", scene -> {
                    for (int length : new int[] {1, 8, 11, 12, 200}) {
                        ControlWire wire = scene.wire();
                        wire.send(Arrays.copyOf(create, length));
                        wire.endSending();
                        wire.expectEnd(length + " bytes of a request");
                    }
                }).proves("MCM-CTL-09").finds(15));
    }

    private static byte[] shortCreate(int length) {
        return WireMessage.of(WireMessage.CREATE, Arrays.copyOf(WireMessage.param("9000"), length));
    }

    private static List<ConformanceCase> refused() {
        String end = "the end of the connection";
        String hangs = "the C SDK waits for ever for its id";
        return List.of(
            control("query-of-nobody", "QUERY and DESTROY of a session that does not exist", end,
                "its client waits for ever for an answer",
                ends(WireMessage.about(WireMessage.QUERY, NOBODY), WireMessage.about(WireMessage.DESTROY, NOBODY)))
                    .proves("MCM-CTL-07").finds(18),
            control("create-of-a-taken-port", "CREATE of a UDP port that another program has", end, hangs, scene -> {
                try (DatagramSocket taken = new DatagramSocket(scene.freePort())) {
                    ends(WireMessage.create(taken.getLocalPort())).play(scene);
                }
            }).proves("MCM-CTL-14").finds(18),
            control("create-of-no-port", "CREATE of ports '', '0', 'abc', '65536', '-1' and '123456', which has no NUL behind it", end, hangs,
                ends(ofPort(""), ofPort("0"), ofPort("abc"), ofPort("65536"), ofPort("-1"), ofPort("123456")))
                    .proves("MCM-CTL-14").finds(17),
            control("create-of-unknown-types", "CREATE of transfer type 7, of payload type 99", end, hangs,
                ends(parameter(WireMessage.TYPE_OFFSET, 7), parameter(WireMessage.PAYLOAD_TYPE_OFFSET, 99)))
                    .proves("MCM-CTL-14").finds(18));
    }

    private static byte[] ofPort(String port) {
        return WireMessage.of(WireMessage.CREATE, WireMessage.param(port));
    }

    private static byte[] parameter(int offset, int value) {
        return WireMessage.of(WireMessage.CREATE, changed(WireMessage.param("9000"), offset, value));
    }

    private static List<ConformanceCase> strangers() {
        return List.of(
            control("query-by-a-stranger", "QUERY of another connection's session, which then disconnects", "the session goes on",
                "anybody who counts to ten ends every session", stranger(WireMessage.QUERY)).proves("MCM-CTL-27").finds(14),
            control("destroy-by-a-stranger", "DESTROY of another connection's session", "the session goes on",
                "anybody who counts to ten ends every session", stranger(WireMessage.DESTROY)).proves("MCM-CTL-27").finds(14),
            control("many-silent-connections", "200 connections that say nothing, 30 that stop in a request, and a session",
                "pictures in the session", "a port scanner stops the proxy", scene -> {
                    for (int i = 0; i < CONNECTIONS; i++) {
                        scene.wire();
                    }
                    for (int i = 0; i < STUCK; i++) {
                        scene.wire().send(Arrays.copyOf(WireMessage.create(9_000), 1 + 10 * i));
                    }
                    exchange(scene.link());
                }).proves("MCM-CTL-02").finds(21),
            control("connections-in-turn", IN_TURN + " connections that are opened and closed, " + WITH_SESSION + " of them with a session",
                "a session afterwards",
                "a thread or descriptor is left behind by each", scene -> {
                    for (int i = 0; i < IN_TURN; i++) {
                        if (i % (IN_TURN / WITH_SESSION) == 0) {
                            try (RawSession session = scene.rawSession(scene.freePort())) {
                                session.map();
                            }
                        } else {
                            scene.wire().close();
                        }
                    }
                    exchange(scene.link());
                }).finds(11));
    }

    private static Body stranger(int command) {
        return scene -> {
            Link link = scene.link();
            ControlWire wire = scene.wire();
            wire.send(WireMessage.about(command, link.consumer().sessionId()));
            wire.endSending();
            wire.next((int) Scene.PATIENCE.toMillis());
            wire.close();
            exchange(link);
            exchange(link);
        };
    }

    private static void exchange(Link link) throws Exception {
        byte[] unit = link.stream().nextPicture().unit(RtpStream.IDR, LENGTH);
        link.send(link.stream().fuA(unit, 3, true));
        link.expect(unit);
    }
}
