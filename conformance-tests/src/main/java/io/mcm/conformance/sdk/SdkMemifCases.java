package io.mcm.conformance.sdk;

import static io.mcm.conformance.suite.Profile.MCM_24_09;
import static io.mcm.conformance.suite.Profile.STRICT;

import io.mcm.conformance.suite.CaseFailure;
import io.mcm.conformance.suite.ConformanceCase;
import io.mcm.conformance.suite.MemifWire;
import java.util.List;

/** memif's handshake as a client makes it, and servers that break it. */
final class SdkMemifCases {

    private static final int UNIT = 400;
    /** The longest that {@code sockaddr_un} takes with its NUL. */
    private static final int LONGEST_PATH = 107;
    private static final int OTHER_VERSION = 0x0300;
    private static final int UNKNOWN_TYPE = 99;

    private SdkMemifCases() {}

    static List<ConformanceCase> all(SdkCommand sdk) {
        return List.of(handshake(sdk), interfaceId(sdk), secret(sdk), ring(sdk, "ring-of-eight", 3, 4_096),
            ring(sdk, "ring-of-64", 6, 1 << 16), defaults(sdk), longestPath(sdk), abstractSocket(sdk), limitOfHello(sdk), otherVersion(sdk),
            noListener(sdk), closesAfterAccept(sdk), refusesInit(sdk), silentHandshake(sdk), unknownMessage(sdk), shortMessage(sdk));
    }

    private static SdkCommand.Body oneUnit(java.util.function.UnaryOperator<MemifOffer> offer) {
        return scene -> {
            Feed feed = scene.feed(offer.apply(scene.offer()));
            feed.awaitTaken();
            feed.deliver(feed.unit(UNIT));
            feed.expectDelivered();
        };
    }

    private static ConformanceCase handshake(SdkCommand sdk) {
        return sdk.tried("handshake", "HELLO, an ACK for each message, CONNECTED",
            "INIT, sealed regions from 0 on, a ring each way of the size told with cookie and eventfd, CONNECT, each of 128 bytes; then all "
                + "buffers offered",
            "memif has no error of its own for most of these: a ring elsewhere is a stream that never comes",
            oneUnit(offer -> offer)).in(MCM_24_09).proves("MCM-CTL-33", "MEMIF-1-02", "MEMIF-2-02", "MEMIF-2-03", "MEMIF-3-01", "MEMIF-4-02",
                "MEMIF-4-04", "MEMIF-4-06");
    }

    private static ConformanceCase interfaceId(SdkCommand sdk) {
        return sdk.tried("interface-id", "memif parameters with interface id 7", "INIT with 7; the unit that follows is delivered",
            "a proxy may have all of its interfaces on one socket", oneUnit(offer -> offer.withId(7))).in(MCM_24_09).proves("MCM-CTL-33");
    }

    private static ConformanceCase secret(SdkCommand sdk) {
        return sdk.tried("secret", "memif parameters with a secret of 23 characters", "INIT with it; the unit that follows is delivered",
            "a server that has a secret refuses who does not say it", oneUnit(offer -> offer.withSecret("twenty-three characters")))
            .in(MCM_24_09).proves("MCM-CTL-33", "MEMIF-3-05");
    }

    private static ConformanceCase ring(SdkCommand sdk, String name, int log2, int bufferSize) {
        return sdk.tried(name, "memif parameters with a ring of 2^%d buffers of %d bytes".formatted(log2, bufferSize),
            "as many buffers offered, each at least so large; the unit that follows is delivered",
            "a proxy chooses them for its pictures; smaller buffers lose them", oneUnit(offer -> offer.withRing(log2, bufferSize)))
            .in(MCM_24_09).proves("MCM-CTL-33", "MEMIF-4-04");
    }

    private static ConformanceCase defaults(SdkCommand sdk) {
        return sdk.tried("zeros-mean-defaults", "memif parameters with 0 for ring and buffer size",
            "1,024 buffers of 2,048 bytes offered; the unit that follows is delivered",
            "so libmemif reads a zero, and so a proxy on it expects it to be read", oneUnit(offer -> offer.withRing(0, 0)))
            .in(MCM_24_09).proves("MCM-CTL-33");
    }

    private static ConformanceCase longestPath(SdkCommand sdk) {
        return sdk.tried("longest-socket-path", "a socket path of 107 bytes", "a connection there; the unit that follows is delivered",
            "run directories are deep in Kubernetes", oneUnit(offer -> {
                String path = offer.path();
                return offer.withPath(path + "x".repeat(LONGEST_PATH - path.length()));
            })).in(MCM_24_09).proves("MCM-CTL-33");
    }

    private static ConformanceCase abstractSocket(SdkCommand sdk) {
        return sdk.tried("abstract-socket", "a socket path that begins with @", "a connection in Linux's abstract namespace; the unit that "
            + "follows is delivered", "so memif writes sockets that need no directory",
            oneUnit(offer -> offer.withPath("@mcm-" + offer.path().hashCode()))).proves("MCM-CTL-33");
    }

    private static ConformanceCase limitOfHello(SdkCommand sdk) {
        return sdk.tried("hello-limits-the-ring", "HELLO that allows rings of 16, memif parameters with 32", "a ring of 16; the unit that "
            + "follows is delivered", "a server refuses more than it said", scene -> {
                HandServer memif = HandServer.listen(scene, scene.offer());
                ControlPeer control = scene.connected();
                control.grant(1, scene.offer());
                memif.accept();
                memif.hello(MemifWire.VERSION, 4);
                Feed feed = new Feed(scene, control, 1, memif, memif.handshake());
                feed.deliver(feed.unit(UNIT));
                feed.expectDelivered();
            }).proves("MEMIF-3-09");
    }

    /** A receiver that has been told of a memif where things go wrong once it is there. */
    private static void givesUp(SdkScene scene, String after, MemifFault fault) throws Exception {
        HandServer memif = HandServer.listen(scene, scene.offer());
        ControlPeer control = scene.connected();
        control.grant(1, scene.offer());
        memif.accept();
        fault.commit(memif);
        scene.expectGivenUp(control, after);
    }

    @FunctionalInterface
    private interface MemifFault {
        void commit(HandServer memif) throws CaseFailure;
    }

    private static ConformanceCase otherVersion(SdkCommand sdk) {
        return sdk.tried("hello-of-another-version", "HELLO of memif 3.0 only", "the receiver gives up within 12 seconds",
            "the rings of another version are other memory", scene -> givesUp(scene, "HELLO of version 3.0",
                memif -> memif.hello(OTHER_VERSION, HandServer.MAX_LOG2))).in(STRICT).proves("MEMIF-2-02", "MCM-CTL-36");
    }

    private static ConformanceCase noListener(SdkCommand sdk) {
        return sdk.tried("no-memif-listener", "memif parameters with a path where nobody listens", "the receiver gives up within 12 seconds",
            "a proxy that dies between answer and connection must not leave a micro-service hanging for ever", scene -> {
                ControlPeer control = scene.connected();
                control.grant(1, scene.offer());
                scene.expectGivenUp(control, "a path without a listener");
            }).in(STRICT).proves("MCM-CTL-36").finds(25);
    }

    private static ConformanceCase closesAfterAccept(SdkCommand sdk) {
        return sdk.tried("memif-closed-at-once", "the end of the memif connection in place of HELLO", "the receiver gives up within 12 seconds",
            "so goes a proxy that has no descriptors left", scene -> givesUp(scene, "the end in place of HELLO", HandServer::close))
            .in(STRICT).proves("MCM-CTL-36", "MEMIF-3-06");
    }

    private static ConformanceCase refusesInit(SdkCommand sdk) {
        return sdk.tried("init-refused", "DISCONNECT with a reason for INIT, and the end", "the receiver gives up within 12 seconds",
            "so a server says that secret or interface are wrong", scene -> givesUp(scene, "DISCONNECT", memif -> {
                memif.hello(MemifWire.VERSION, HandServer.MAX_LOG2);
                memif.receive();
                memif.disconnect("Incorrect secret");
                memif.close();
            })).in(STRICT).proves("MCM-CTL-36");
    }

    private static ConformanceCase silentHandshake(SdkCommand sdk) {
        return sdk.tried("silence-in-the-handshake", "HELLO, and nothing for INIT", "the receiver gives up within 12 seconds",
            "a proxy that hangs must not hang its micro-services", scene -> givesUp(scene, "INIT without ACK",
                memif -> memif.hello(MemifWire.VERSION, HandServer.MAX_LOG2))).in(STRICT).proves("MCM-CTL-36");
    }

    private static ConformanceCase unknownMessage(SdkCommand sdk) {
        return sdk.tried("memif-message-of-unknown-type", "a message of type 99 in place of the ACK for INIT",
            "the receiver gives up within 12 seconds", "nobody knows what follows it", scene -> givesUp(scene, "a message of type 99", memif -> {
                memif.hello(MemifWire.VERSION, HandServer.MAX_LOG2);
                memif.receive();
                memif.sendType(UNKNOWN_TYPE);
            })).in(STRICT).proves("MEMIF-2-01", "MCM-CTL-36");
    }

    private static ConformanceCase shortMessage(SdkCommand sdk) {
        return sdk.tried("memif-message-cut", "an ACK of 100 bytes", "the receiver gives up within 12 seconds",
            "what lies behind it would be what came before", scene -> givesUp(scene, "a message of 100 bytes", memif -> {
                memif.hello(MemifWire.VERSION, HandServer.MAX_LOG2);
                memif.receive();
                memif.send(MemifWire.message(MemifWire.ACK).asSlice(0, 100));
            })).in(STRICT).proves("MEMIF-1-02", "MCM-CTL-36");
    }
}
