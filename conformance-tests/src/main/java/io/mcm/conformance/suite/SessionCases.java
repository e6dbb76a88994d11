package io.mcm.conformance.suite;

import static io.mcm.conformance.suite.RtpStream.IDR;

import io.mcm.conformance.suite.ConformanceCase.Body;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several sessions, cameras and consumers, in any order. */
final class SessionCases {

    private static final int LENGTH = 1_000;
    private static final int PARTS = 4;
    /** With the one that is expected after them no more than a ring of eight takes. */
    private static final int PICTURES = 6;
    /** Likewise, where three consumers get what each of them expects last. */
    private static final int SHARED_PICTURES = 3;
    private static final int MANY = 20;

    private SessionCases() {}

    static List<ConformanceCase> all() {
        List<ConformanceCase> cases = new ArrayList<>(orders());
        cases.addAll(crowds());
        return cases;
    }

    private static ConformanceCase session(String name, String sends, String expects, String why, Body body) {
        return ConformanceCase.of(Group.SESSIONS, name, sends, expects, why, body);
    }

    private static List<byte[]> send(Link link) throws Exception {
        return send(link, PICTURES);
    }

    private static List<byte[]> send(Link link, int pictures) throws Exception {
        List<byte[]> units = new ArrayList<>();
        for (int i = 0; i < pictures; i++) {
            units.add(link.stream().nextPicture().unit(IDR, LENGTH));
            link.send(link.stream().fuA(units.getLast(), PARTS, true));
        }
        return units;
    }

    private static void exchange(Link link) throws Exception {
        link.expect(send(link));
    }

    private static List<ConformanceCase> orders() {
        return List.of(
            session("first-picture", "a picture as the very first packets of a session", "it",
                "the IDR picture with which a camera begins is the one that a decoder needs", scene -> {
                    Link link = scene.link();
                    if (link.isFirstLost()) {
                        throw new CaseFailure("the first picture of the session", "only a later one");
                    }
                }).finds(2),
            session("middle-of-a-picture-first", "the end of a picture as the very first packets, then whole pictures",
                "the whole pictures",
                "a consumer comes while the camera sends", scene -> {
                    Link link = scene.consumer(scene.freePort());
                    byte[] unit = link.stream().nextPicture().unit(IDR, LENGTH);
                    link.send(link.stream().fuA(unit, PARTS, true).subList(1, PARTS));
                    link.begin();
                    exchange(link);
                }).in(Profile.MCM_24_09).proves("RFC6184-5.8-24").finds(2),
            session("camera-before-consumer", "packets to a port that has no session yet, then a session for it",
                "the pictures after it",
                "nobody starts cameras last", scene -> {
                    int port = scene.freePort();
                    try (java.net.DatagramSocket camera = new java.net.DatagramSocket()) {
                        byte[] packet = scene.stream().single(scene.stream().unit(IDR, LENGTH), true);
                        camera.send(new java.net.DatagramPacket(packet, packet.length, scene.control().getAddress(), port));
                    } catch (java.net.PortUnreachableException _) {
                        scene.note("nobody listens yet, and the kernel says so");
                    }
                    Link link = scene.consumer(port);
                    link.begin();
                    exchange(link);
                }).in(Profile.MCM_24_09),
            session("port-again", "a session, its end, and another one on the same UDP port, five times", "pictures in each",
                "a micro-service that restarts asks for the same port", scene -> {
                    int port = scene.freePort();
                    for (int i = 0; i < 5; i++) {
                        try (Link link = scene.consumer(port)) {
                            link.begin();
                            exchange(link);
                        }
                        Scene.awaitFree(port);
                    }
                }).in(Profile.MCM_24_09).proves("MCM-CTL-24"),
            session("consumer-goes-while-the-camera-sends", "pictures to two consumers of one camera each; one closes meanwhile",
                "the other gets every picture", "a crash of one micro-service must not be seen by another", SessionCases::oneGoes)
                .in(Profile.MCM_24_09));
    }

    private static void oneGoes(Scene scene) throws Exception {
        Link stays = scene.link();
        for (int i = 0; i < 6; i++) {
            Link goes = scene.link();
            List<byte[]> units = send(stays);
            send(goes);
            goes.close();
            send(goes);
            stays.expect(units);
        }
    }

    /** What 24.09 may die of, or never get over, after it is done. */
    static List<ConformanceCase> last() {
        return List.of(
            session("created-and-ended-side-by-side",
                "twenty connections that create, ask for and end their sessions all at once, and a session",
                "each gets its answers, and the session its pictures", "after a power cut all micro-services start at once",
                SessionCases::sideBySide).in(Profile.STRICT).proves("MCM-CTL-11").finds(19),
            session("session-that-never-maps", "a session whose consumer never connects to memif, and another session",
                "pictures in the other",
                "one micro-service that hangs stops all cameras", scene -> {
                    try (RawSession idle = scene.rawSession(scene.freePort())) {
                        idle.query();
                        exchange(scene.link());
                    }
                    exchange(scene.link());
                }).in(Profile.STRICT).finds(8));
    }

    private static List<ConformanceCase> crowds() {
        return List.of(
            session("two-cameras-on-one-port", "pictures of two SSRCs to one port, their fragments in turn",
                "the pictures of the first, whole",
                "two cameras that were given one port make a picture of both", SessionCases::twoCameras).proves("RFC3550-5.1-16"),
            session("several-consumers-of-one-camera", "three sessions on one UDP port, and pictures to it",
                "each gets every picture",
                "two analyses of one camera are common", SessionCases::several).in(Profile.STRICT).proves("MCM-CTL-17"),
            session("consumer-of-several-goes", "three sessions on one UDP port, of which the second ends",
                "the others get every picture",
                "the camera's socket is not the property of one of them", SessionCases::oneOfSeveralGoes).in(Profile.STRICT)
                .proves("MCM-CTL-17"),
            session("twenty-sessions-at-once", "twenty sessions, and pictures to the twenty ports in turn",
                "each gets its own camera's pictures",
                "units of one camera in the picture of another", SessionCases::twenty).in(Profile.MCM_24_09).finds(9),
            session("ids-are-distinct", "twenty sessions", "twenty ids, none of them 0", "who destroys his session ends another's", scene -> {
                Set<Integer> ids = new HashSet<>();
                for (int i = 0; i < MANY; i++) {
                    RawSession session = scene.rawSession(scene.freePort());
                    session.map();
                    int id = session.id();
                    if (id == 0 || !ids.add(id)) {
                        throw new CaseFailure("an id that no session has, and not 0", "id " + Integer.toUnsignedString(id));
                    }
                }
            }).in(Profile.MCM_24_09).proves("MCM-CTL-11"));
    }

    private static void sideBySide(Scene scene) throws Exception {
        List<Callable<RawSession>> conversations = new ArrayList<>();
        Set<Integer> ports = new HashSet<>();
        while (ports.size() < MANY) {
            ports.add(scene.freePort());
        }
        for (int port : ports) {
            ControlWire wire = scene.wire();
            conversations.add(() -> {
                RawSession session = scene.keep(RawSession.create(wire, port));
                session.map();
                return session;
            });
        }
        Set<Integer> ids = new HashSet<>();
        List<Callable<Void>> ends = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<RawSession> created : threads.invokeAll(conversations)) {
                RawSession session = result(created);
                ids.add(session.id());
                ends.add(() -> {
                    session.close();
                    return null;
                });
            }
            for (Future<Void> ended : threads.invokeAll(ends)) {
                result(ended);
            }
        }
        if (ids.size() != MANY) {
            throw new CaseFailure(MANY + " ids", ids.size() + " distinct ones");
        }
        exchange(scene.link());
    }

    private static <T> T result(Future<T> done) throws Exception {
        try {
            return done.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static void twoCameras(Scene scene) throws Exception {
        Link link = scene.link();
        RtpStream stranger = scene.stream();
        List<byte[]> units = new ArrayList<>();
        for (int i = 0; i < PICTURES; i++) {
            byte[] unit = link.stream().nextPicture().unit(IDR, LENGTH);
            List<byte[]> packets = link.stream().fuA(unit, PARTS, true);
            List<byte[]> others = stranger.nextPicture().fuA(stranger.unit(IDR, LENGTH), PARTS, true);
            for (int k = 0; k < PARTS; k++) {
                link.send(packets.get(k), others.get(k));
            }
            units.add(unit);
        }
        link.expect(units);
    }

    private static List<Link> three(Scene scene) throws Exception {
        Link first = scene.link();
        Link second = first.another();
        second.begin();
        first.expect();
        Link third = first.another();
        third.begin();
        first.expect();
        second.expect();
        return List.of(first, second, third);
    }

    private static void several(Scene scene) throws Exception {
        all(three(scene));
    }

    private static void oneOfSeveralGoes(Scene scene) throws Exception {
        List<Link> links = three(scene);
        all(links);
        links.get(1).close();
        all(List.of(links.get(0), links.get(2)));
    }

    private static void all(List<Link> links) throws Exception {
        List<byte[]> units = send(links.getFirst(), SHARED_PICTURES);
        for (Link link : links) {
            link.expect(units);
        }
    }

    private static void twenty(Scene scene) throws Exception {
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            links.add(scene.link());
        }
        List<List<byte[]>> units = new ArrayList<>();
        for (Link link : links) {
            units.add(send(link));
        }
        for (int i = 0; i < MANY; i++) {
            links.get(i).expect(units.get(i));
        }
    }
}
