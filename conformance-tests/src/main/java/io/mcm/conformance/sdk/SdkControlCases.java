package io.mcm.conformance.sdk;

import static io.mcm.conformance.suite.Profile.MCM_24_09;
import static io.mcm.conformance.suite.Profile.STRICT;

import io.mcm.conformance.suite.ConformanceCase;
import io.mcm.conformance.suite.MemifAnswer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The control protocol as an SDK speaks it, and answers that a proxy should not give. */
final class SdkControlCases {

    private static final int UNIT = 400;
    private static final int SESSION = 0x01020304;
    /** Longer than a busy proxy takes, shorter than any client's patience. */
    private static final Duration SLOWLY = Duration.ofMillis(1_200);
    /** Where an answer is cut: behind the path, before the secret. */
    private static final int CUT = 150;
    /** Where no code is. */
    private static final byte NO_POINTER = 0x41;

    private SdkControlCases() {}

    static List<ConformanceCase> all(SdkCommand sdk) {
        return List.of(createIsWellFormed(sdk), queryFollows(sdk), slowAnswers(sdk), answersByteByByte(sdk), longPort(sdk), nobodyListens(sdk),
            refused(sdk), reset(sdk), noAnswerToCreate(sdk), noAnswerToQuery(sdk), idCut(sdk), noAnswerButEnd(sdk), answerCut(sdk),
            answerOfGarbage(sdk), answerWithPointers(sdk), answerThatWantsAServer(sdk));
    }

    private static ConformanceCase createIsWellFormed(SdkCommand sdk) {
        return sdk.tried("create-is-well-formed", "nothing: the receiver is started and asked for a UDP port",
            "CREATE_SESSION: magic, version 0x10, command 1, data_len 304, and mcm_conn_param with is_rx, RTSP video and the port as text",
            "a proxy takes these bytes as a C struct; one field elsewhere is another camera or none",
            scene -> scene.connected().expectCreate()).in(MCM_24_09).proves("MCM-CTL-31", "MCM-CTL-32");
    }

    private static ConformanceCase queryFollows(SdkCommand sdk) {
        return sdk.tried("query-follows", "the id 0x01020304 for CREATE_SESSION",
            "QUERY_MEMIF_PARAM of just this id, little endian, in 16 bytes",
            "another id is another consumer's memif", scene -> {
                ControlPeer control = scene.connected();
                control.expectCreate();
                control.send(ControlPeer.id(SESSION));
                control.expectQuery(SESSION);
            }).in(MCM_24_09).proves("MCM-CTL-31", "MCM-CTL-33");
    }

    private static ConformanceCase slowAnswers(SdkCommand sdk) {
        return sdk.tried("slow-answers", "id and memif parameters, each 1.2 seconds after the question", "the unit that follows is delivered",
            "24.09 starts its media library with the first session, which takes seconds", scene -> {
                MemifOffer offer = scene.offer();
                HandServer memif = HandServer.listen(scene, offer);
                ControlPeer control = scene.connected();
                control.expectCreate();
                pause();
                control.send(ControlPeer.id(SESSION));
                control.expectQuery(SESSION);
                pause();
                control.send(offer.bytes());
                deliverOne(new Feed(scene, control, SESSION, memif, memif.connect()));
            }).in(MCM_24_09).proves("MCM-CTL-33");
    }

    private static void pause() {
        LockSupport.parkNanos(SLOWLY.toNanos());
    }

    private static void deliverOne(Feed feed) throws Exception {
        feed.deliver(feed.unit(UNIT));
        feed.expectDelivered();
    }

    private static ConformanceCase answersByteByByte(SdkCommand sdk) {
        return sdk.tried("answers-byte-by-byte", "id and memif parameters with each byte in a segment of its own",
            "the unit that follows is delivered",
            "TCP keeps bytes, not messages: an answer that a network cut in two would make a ring of zeros", scene -> {
                MemifOffer offer = scene.offer();
                HandServer memif = HandServer.listen(scene, offer);
                ControlPeer control = scene.connected();
                control.expectCreate();
                control.sendSlowly(ControlPeer.id(SESSION));
                control.expectQuery(SESSION);
                control.sendSlowly(offer.bytes());
                deliverOne(new Feed(scene, control, SESSION, memif, memif.connect()));
            }).in(STRICT).proves("MCM-CTL-34").finds(24);
    }

    private static ConformanceCase longPort(SdkCommand sdk) {
        return sdk.tried("port-of-five-digits", "nothing: the proxy's control port has five digits", "a connection and CREATE_SESSION there",
            "four digits of it are another port, and most ports of a machine have five",
            scene -> scene.onLongPort().connected().expectCreate()).proves("MCM-CTL-35").finds(24);
    }

    private static ConformanceCase nobodyListens(SdkCommand sdk) {
        return sdk.tried("nobody-at-the-control-port", "nothing: no proxy is there", "the receiver ends or waits, and ends on SIGTERM",
            "micro-services start before their proxy does", scene -> {
                scene.stopListening();
                scene.start();
                scene.process().endsWithin(SLOWLY);
                scene.terminate();
                scene.expectOut();
            }).in(MCM_24_09).proves("MCM-CTL-36");
    }

    private static ConformanceCase refused(SdkCommand sdk) {
        return sdk.tried("refused", "the end of the connection in place of an id", "the receiver ends or tries again",
            "so a proxy refuses a port that is taken", scene -> {
                ControlPeer control = scene.connected();
                control.expectCreate();
                control.close();
                scene.expectGivenUp(control, "the end in place of an id");
            }).in(MCM_24_09).proves("MCM-CTL-36");
    }

    private static ConformanceCase reset(SdkCommand sdk) {
        return sdk.tried("reset", "a reset of the connection in place of an id", "the receiver ends or tries again, and dies of no signal",
            "so ends a proxy that dies", scene -> {
                ControlPeer control = scene.connected();
                control.expectCreate();
                control.reset();
                scene.expectGivenUp(control, "a reset in place of an id");
            }).in(STRICT).proves("MCM-CTL-36");
    }

    private static ConformanceCase noAnswerToCreate(SdkCommand sdk) {
        return sdk.tried("no-answer-to-create", "no id, and no end either", "the receiver gives up within 12 seconds",
            "24.09 says nothing where a session fails; a micro-service that waits for ever is restarted by nobody", scene -> {
                ControlPeer control = scene.connected();
                control.expectCreate();
                scene.expectGivenUp(control, "CREATE_SESSION without an answer");
            }).in(STRICT).proves("MCM-CTL-36").finds(18, 24);
    }

    private static ConformanceCase noAnswerToQuery(SdkCommand sdk) {
        return sdk.tried("no-answer-to-query", "an id, but no memif parameters", "the receiver gives up within 12 seconds",
            "the same, a step later", scene -> {
                ControlPeer control = granted(scene);
                scene.expectGivenUp(control, "QUERY_MEMIF_PARAM without an answer");
            }).in(STRICT).proves("MCM-CTL-36").finds(18, 24);
    }

    private static ControlPeer granted(SdkScene scene) throws Exception {
        ControlPeer control = scene.connected();
        control.expectCreate();
        control.send(ControlPeer.id(SESSION));
        control.expectQuery(SESSION);
        return control;
    }

    private static ConformanceCase idCut(SdkCommand sdk) {
        return sdk.tried("id-cut", "two bytes of the id, and the end", "the receiver gives up",
            "two bytes are no id; going on with them asks for somebody else's memif", scene -> {
                ControlPeer control = scene.connected();
                control.expectCreate();
                control.send((byte) 1, (byte) 2);
                control.close();
                scene.expectGivenUp(control, "half of an id");
            }).in(STRICT).proves("MCM-CTL-36");
    }

    private static ConformanceCase noAnswerButEnd(SdkCommand sdk) {
        return sdk.tried("end-in-place-of-the-memif", "the end of the connection in place of memif parameters", "the receiver gives up",
            "so a proxy answers for a session that it has lost", scene -> {
                ControlPeer control = granted(scene);
                control.close();
                scene.expectGivenUp(control, "the end in place of memif parameters");
            }).in(STRICT).proves("MCM-CTL-36");
    }

    private static ConformanceCase answerCut(SdkCommand sdk) {
        return sdk.tried("answer-cut", "150 of the 296 bytes of memif parameters, and the end", "the receiver gives up",
            "what did not come is not zero", scene -> {
                MemifOffer offer = scene.offer();
                ControlPeer control = granted(scene);
                control.send(Arrays.copyOf(offer.bytes(), CUT));
                control.close();
                scene.expectGivenUp(control, "half of the memif parameters");
            }).in(STRICT).proves("MCM-CTL-36");
    }

    private static ConformanceCase answerOfGarbage(SdkCommand sdk) {
        return sdk.tried("answer-of-garbage", "296 bytes of chance as memif parameters, none of them zero", "the receiver gives up, and dies of no signal",
            "a port of some other service must cost an error message, not a core dump", scene -> {
                ControlPeer control = granted(scene);
                byte[] answer = new byte[MemifAnswer.LENGTH];
                for (int i = 0; i < answer.length; i++) {
                    answer[i] = (byte) (1 + scene.scene().random().nextInt(255));
                }
                control.send(answer);
                scene.expectGivenUp(control, "memif parameters of chance");
            }).in(STRICT).proves("MCM-CTL-36");
    }

    private static ConformanceCase answerWithPointers(SdkCommand sdk) {
        return sdk.tried("answer-with-pointers", "good memif parameters with 0x41 in bytes 176 to 215, where C has pointers",
            "the unit that follows is delivered", "what came from another process is no address in this one; who calls it runs what a stranger says",
            scene -> {
                MemifOffer offer = scene.offer();
                HandServer memif = HandServer.listen(scene, offer);
                ControlPeer control = granted(scene);
                byte[] answer = offer.bytes();
                Arrays.fill(answer, MemifAnswer.FUNCTIONS_OFFSET, MemifAnswer.SECRET_OFFSET, NO_POINTER);
                control.send(answer);
                deliverOne(new Feed(scene, control, SESSION, memif, memif.connect()));
            }).in(STRICT).proves("MCM-CTL-37");
    }

    private static ConformanceCase answerThatWantsAServer(SdkCommand sdk) {
        return sdk.tried("answer-that-wants-a-server", "memif parameters with is_master 1", "the receiver gives up within 12 seconds",
            "both ends would wait for each other for ever", scene -> {
                MemifOffer offer = scene.offer();
                ControlPeer control = granted(scene);
                byte[] answer = offer.bytes();
                answer[MemifAnswer.IS_MASTER_OFFSET] = 1;
                control.send(answer);
                scene.expectGivenUp(control, "is_master 1");
            }).in(STRICT).proves("MCM-CTL-36");
    }
}
