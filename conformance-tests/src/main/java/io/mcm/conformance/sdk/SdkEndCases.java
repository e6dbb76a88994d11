package io.mcm.conformance.sdk;

import static io.mcm.conformance.suite.Profile.MCM_24_09;
import static io.mcm.conformance.suite.Profile.STRICT;

import io.mcm.conformance.suite.CaseFailure;
import io.mcm.conformance.suite.ConformanceCase;
import io.mcm.conformance.suite.CouldNotTest;
import io.mcm.conformance.suite.Scene;
import java.util.List;

/** How sessions end: by the receiver, and by a proxy that goes. */
final class SdkEndCases {

    private static final int UNIT = 400;

    private SdkEndCases() {}

    static List<ConformanceCase> all(SdkCommand sdk) {
        return List.of(destroy(sdk), stopWhileWaiting(sdk), memifGoes(sdk), disconnect(sdk), controlGoes(sdk), proxyDies(sdk),
            unitsBeforeTheEnd(sdk), proxyRestarts(sdk));
    }

    private static Feed streaming(SdkScene scene) throws Exception {
        Feed feed = scene.feed();
        feed.deliver(feed.units(50, UNIT));
        feed.awaitTaken();
        return feed;
    }

    private static ConformanceCase destroy(SdkCommand sdk) {
        return sdk.tried("destroy-when-stopped", "50 units; then the receiver is sent SIGTERM",
            "DESTROY_SESSION of its session, and the end of both connections",
            "24.09 keeps a session and its port until it is told", scene -> {
                Feed feed = streaming(scene);
                scene.terminate();
                feed.control().expectDestroy(feed.sessionId());
                if (!feed.control().isEnded() || !Scene.soon(feed.memif()::isEnded)) {
                    throw new CaseFailure("the end of control and memif connection", "one goes on");
                }
                feed.expectOut();
            }).in(MCM_24_09).proves("MCM-CTL-41", "MEMIF-3-06");
    }

    private static ConformanceCase stopWhileWaiting(SdkCommand sdk) {
        return sdk.tried("stopped-before-the-first-unit", "a session without a unit; then the receiver is sent SIGTERM", "DESTROY_SESSION and its end",
            "who waits for a camera must be stoppable", scene -> {
                Feed feed = scene.feed();
                feed.awaitTaken();
                scene.terminate();
                feed.control().expectDestroy(feed.sessionId());
                feed.expectOut();
            }).in(MCM_24_09).proves("MCM-CTL-41");
    }

    private static ConformanceCase memifGoes(SdkCommand sdk) {
        return sdk.tried("memif-goes", "50 units, then the end of the memif connection; the control connection stays",
            "all 50 in the file; the receiver ends or goes on, and dies of no signal", "so a session that failed ends at the proxy", scene -> {
                Feed feed = streaming(scene);
                feed.memif().close();
                feed.expectSoundEnd();
            }).in(STRICT).proves("MCM-CTL-42", "MEMIF-3-06");
    }

    private static ConformanceCase disconnect(SdkCommand sdk) {
        return sdk.tried("disconnect", "50 units, DISCONNECT with a reason, and the end of the memif connection",
            "all 50 in the file; the receiver ends or goes on, and dies of no signal", "so VPP and DPDK say good-bye", scene -> {
                Feed feed = streaming(scene);
                feed.memif().disconnect("interface deleted");
                feed.memif().close();
                feed.expectSoundEnd();
            }).in(STRICT).proves("MCM-CTL-42");
    }

    private static ConformanceCase controlGoes(SdkCommand sdk) {
        return sdk.tried("control-goes", "50 units, then the end of the control connection; memif stays",
            "all 50 in the file; on SIGTERM the receiver ends and dies of no signal",
            "DESTROY_SESSION to a connection that is gone raises SIGPIPE in a C program", scene -> {
                Feed feed = streaming(scene);
                feed.control().close();
                feed.expectSoundEnd();
            }).in(STRICT).proves("MCM-CTL-42").finds(24);
    }

    private static ConformanceCase proxyDies(SdkCommand sdk) {
        return sdk.tried("proxy-dies-while-streaming", "50 units, then the end of all connections, as when the proxy's process is killed",
            "all 50 in the file; the receiver ends or goes on, and dies of no signal",
            "a proxy that is updated must not take its micro-services with it", scene -> {
                Feed feed = streaming(scene);
                scene.stopListening();
                feed.control().close();
                feed.memif().close();
                feed.expectSoundEnd();
            }).in(STRICT).proves("MCM-CTL-42").finds(24, 25);
    }

    private static ConformanceCase unitsBeforeTheEnd(SdkCommand sdk) {
        return sdk.tried("units-before-the-end", "30 units, published at once, and the end of the memif connection in the same moment",
            "all 30 in the file", "the last pictures before a fault are those that one wants to see", scene -> {
                Feed feed = scene.feed();
                feed.deliverTogether(feed.units(30, UNIT));
                feed.memif().close();
                feed.expectSoundEnd();
            }).in(STRICT).proves("MCM-CTL-42");
    }

    private static ConformanceCase proxyRestarts(SdkCommand sdk) {
        return sdk.tried("proxy-restarted", "three units, a restart of the proxy, three more", "all six in the file, where the SDK connects again by "
            + "itself; one that ends cannot be tried", "who says that it reconnects must have the stream again", scene -> {
                Feed feed = scene.feed();
                feed.deliver(feed.units(3, UNIT));
                feed.awaitTaken();
                feed.control().close();
                feed.memif().close();
                again(scene, feed);
            }).in(STRICT).proves("MCM-CTL-42").finds(25);
    }

    private static void again(SdkScene scene, Feed before) throws Exception {
        ControlPeer control = scene.acceptWithin(Scene.PATIENCE);
        if (control == null) {
            scene.terminate();
            before.expectOut();
            throw new CouldNotTest("the receiver does not connect again by itself");
        }
        MemifOffer offer = scene.offer().withPath(scene.socket("again.sock"));
        HandServer memif = HandServer.listen(scene, offer);
        control.grant(before.sessionId() + 1, offer);
        Feed after = before.continued(control, memif, memif.connect());
        after.deliver(after.units(3, UNIT));
        after.expectDelivered();
    }
}
