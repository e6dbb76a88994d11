package io.mcm.conformance.suite;

import io.mcm.conformance.suite.ConformanceCase.Body;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The control protocol as clients of MCM 24.09 speak it, whole, in pieces and all at once. */
final class ControlCases {

    /** What the C SDK's array of unread buffers holds (MEMIF_BUFFER_NUM). */
    private static final int SDK_LOG2_RING_SIZE = 6;
    private static final int LAST_PORT_OF_SDK = 9_999;

    private ControlCases() {}

    static List<ConformanceCase> all() {
        List<ConformanceCase> cases = new ArrayList<>(answers());
        cases.addAll(requests());
        cases.addAll(ends());
        return cases;
    }

    private static List<ConformanceCase> answers() {
        return List.of(
            control("create-query-destroy", "CREATE, QUERY and DESTROY as the C SDK sends them",
                "four bytes, 296 bytes, and a proxy that goes on",
                "no micro-service of 24.09 gets a session", ControlCases::conversation).proves("MCM-CTL-10", "MCM-CTL-15",
                    "MCM-CTL-24"),
            control("answers-come-at-once", "CREATE and QUERY", "each answer with one read",
                "the C SDK reads once and takes the rest for zero", ControlCases::atOnce).proves("MCM-CTL-12", "MCM-CTL-16")
                    .finds(24),
            control("answer-to-query", "QUERY",
                "a path, one ring each way, buffers, interface 0, and a peer that is to be the client",
                "the C SDK builds its memory by these numbers", ControlCases::answer).proves("MCM-CTL-18", "MCM-CTL-20"),
            control("answer-has-no-pointers", "QUERY", "zeros where the structure has function pointers",
                "the C SDK calls what stands there", scene -> {
                    MemifAnswer answer = scene.rawSession(scene.freePort()).map();
                    require(answer.isZero(MemifAnswer.FUNCTIONS_OFFSET, MemifAnswer.SOCKET_OFFSET),
                        "zeros for function pointers", "others");
                }).proves("MCM-CTL-21"),
            control("answer-tells-no-address", "QUERY", "zero where the structure has the socket's handle",
                "an address of the proxy's memory helps who attacks it", scene -> {
                    MemifAnswer answer = scene.rawSession(scene.freePort()).map();
                    require(answer.isZero(MemifAnswer.SOCKET_OFFSET, MemifAnswer.SECRET_OFFSET), "zero for the handle",
                        "an address");
                }).in(Profile.STRICT).proves("MCM-CTL-22"),
            control("ring-fits-the-c-sdk", "QUERY", "a ring of at most 64 buffers", "with more unread the C SDK reads past its array", scene -> {
                MemifAnswer answer = scene.rawSession(scene.freePort()).map();
                require(answer.log2RingSize() >= 1 && answer.log2RingSize() <= SDK_LOG2_RING_SIZE, "a ring of 2 to 64 buffers",
                    "2^" + answer.log2RingSize());
            }).in(Profile.STRICT).proves("MCM-CTL-23").finds(22));
    }

    private static List<ConformanceCase> requests() {
        return List.of(
            control("request-byte-by-byte", "CREATE and QUERY, each byte in a segment of its own", "the same answers",
                "TCP keeps bytes, not messages", scene -> {
                    ControlWire wire = scene.wire();
                    int port = scene.freePort();
                    wire.sendSlowly(WireMessage.create(port), 0, WireMessage.HEADER + WireMessage.PARAM_LENGTH);
                    RawSession session = scene.keep(RawSession.created(wire, port));
                    byte[] query = WireMessage.about(WireMessage.QUERY, session.id());
                    wire.sendSlowly(query, 0, query.length);
                    session.consumer(session.answer()).connected();
                }).in(Profile.RFC).proves("MCM-CTL-03").finds(16),
            control("request-split-anywhere", "QUERY in two segments, split at each of its bytes, and CREATE at some",
                "the same answers",
                "a request that crosses a segment's end is lost", ControlCases::split).in(Profile.RFC).proves("MCM-CTL-03")
                    .finds(16),
            control("requests-in-one-segment", "two QUERYs and a DESTROY in one segment", "two answers", "a client may write ahead", scene -> {
                RawSession session = scene.rawSession(scene.freePort());
                session.map();
                byte[] query = WireMessage.about(WireMessage.QUERY, session.id());
                byte[] all = Arrays.copyOf(query, 2 * query.length + query.length);
                System.arraycopy(query, 0, all, query.length, query.length);
                System.arraycopy(WireMessage.about(WireMessage.DESTROY, session.id()), 0, all, 2 * query.length, query.length);
                session.wire().send(all);
                session.answer();
                session.answer();
            }).proves("MCM-CTL-04"),
            control("padding-is-not-read", "CREATE and QUERY with garbage in the header's padding", "the same answers",
                "C leaves there what was in memory", scene -> {
                    ControlWire wire = scene.wire();
                    int port = scene.freePort();
                    byte[] create = WireMessage.create(port);
                    Arrays.fill(create, WireMessage.VERSION_OFFSET + 1, WireMessage.COMMAND_OFFSET, (byte) 0x5e);
                    wire.send(create);
                    scene.keep(RawSession.created(wire, port)).map();
                }).proves("MCM-CTL-05"));
    }

    private static List<ConformanceCase> ends() {
        return List.of(
            control("socket-goes-with-its-session", "CREATE, QUERY, DESTROY", "the memif socket is there, and gone afterwards",
                "a consumer that comes back finds a dead socket", ControlCases::socketGoes).in(Profile.STRICT)
                    .proves("MCM-CTL-25").finds(11),
            control("two-sessions-on-one-connection", "two CREATEs on one connection, which then ends",
                "both UDP ports are free again",
                "the first session is left behind for ever", ControlCases::bothEnd).in(Profile.STRICT).proves("MCM-CTL-26")
                    .finds(14),
            control("port-of-four-digits", "a session on UDP port 9999 or the next lower that is free", "it",
                "the C SDK's environment variable keeps four digits", scene -> {
                    int port = LAST_PORT_OF_SDK;
                    while (!Scene.isFree(port)) {
                        port--;
                    }
                    scene.consumer(port).begin();
                }));
    }

    private static ConformanceCase control(String name, String sends, String expects, String why, Body body) {
        return ConformanceCase.of(Group.CONTROL, name, sends, expects, why, body).in(Profile.MCM_24_09);
    }

    private static void require(boolean good, String expected, String actual) throws CaseFailure {
        if (!good) {
            throw new CaseFailure(expected, actual);
        }
    }

    private static void conversation(Scene scene) throws Exception {
        try (RawSession session = scene.rawSession(scene.freePort())) {
            session.map();
        }
        try (RawSession session = scene.rawSession(scene.freePort())) {
            session.query();
            session.map();
        }
    }

    private static void atOnce(Scene scene) throws Exception {
        ControlWire wire = scene.wire();
        int port = scene.freePort();
        wire.send(WireMessage.create(port));
        byte[] id = wire.receiveOnce(MemifAnswer.LENGTH);
        require(id.length == WireMessage.ID_LENGTH, "four bytes with one read", id.length + " bytes");
        RawSession session = scene.keep(RawSession.of(wire, id, port));
        byte[] query = WireMessage.of(WireMessage.QUERY, id);
        wire.send(query);
        byte[] answer = wire.receiveOnce(2 * MemifAnswer.LENGTH);
        require(answer.length == MemifAnswer.LENGTH, MemifAnswer.LENGTH + " bytes with one read", answer.length + " bytes");
        session.consumer(new MemifAnswer(answer)).connected();
    }

    private static void answer(Scene scene) throws Exception {
        RawSession session = scene.rawSession(scene.freePort());
        MemifAnswer answer = session.query();
        require(!answer.isMaster(), "is_master 0: the micro-service is memif's client", "1");
        require(answer.s2mRings() <= 1 && answer.m2sRings() <= 1, "one ring each way", answer.s2mRings() + " and "
            + answer.m2sRings());
        require(answer.bufferSize() > 0, "a buffer size", String.valueOf(answer.bufferSize()));
        require(answer.mode() == 0, "mode 0", String.valueOf(answer.mode()));
        long region = 2L * answer.bufferSize() << answer.log2RingSize();
        require(region < 1L << 32, "buffers that 32-bit offsets reach", region + " bytes of them");
        session.consumer(answer).connected();
    }

    private static void split(Scene scene) throws Exception {
        int port = scene.freePort();
        for (int at : new int[] {1, 4, 7, 8, 9, 11, 12, 13, 100, 315}) {
            ControlWire wire = scene.wire();
            wire.sendSplit(WireMessage.create(port), at);
            try (RawSession session = RawSession.created(wire, port)) {
                session.map();
                byte[] query = WireMessage.about(WireMessage.QUERY, session.id());
                for (int i = 1; i < query.length; i++) {
                    wire.sendSplit(query, i);
                    session.answer();
                }
            }
        }
    }

    private static void socketGoes(Scene scene) throws Exception {
        RawSession session = scene.rawSession(scene.freePort());
        String path = session.map().path();
        if (path.startsWith("@")) {
            throw new CouldNotTest("its sockets are abstract, such ones leave nothing");
        }
        require(Files.exists(Path.of(path)), "a socket at " + path, "none that this process can see");
        session.destroy();
        require(Scene.soon(() -> !Files.exists(Path.of(path))), "no socket at " + path, "one that is still there after DESTROY");
    }

    private static void bothEnd(Scene scene) throws Exception {
        ControlWire wire = scene.wire();
        int first = scene.freePort();
        scene.keep(RawSession.create(wire, first)).map();
        int second = scene.freePort();
        scene.keep(RawSession.create(wire, second)).map();
        wire.close();
        for (int port : new int[] {first, second}) {
            Scene.awaitFree(port);
        }
    }
}
