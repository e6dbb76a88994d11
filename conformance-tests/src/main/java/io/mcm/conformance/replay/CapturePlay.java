package io.mcm.conformance.replay;

import io.mcm.conformance.replay.CaptureSummary.Ends;
import io.mcm.conformance.suite.CaseFailure;
import io.mcm.conformance.suite.CouldNotTest;
import io.mcm.conformance.suite.Link;
import io.mcm.conformance.suite.RtpStream;
import io.mcm.conformance.suite.Scene;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * One play of a capture. Pictures before it, of the same source and numbered as if they had been sent before, show that the consumer
 * listens; one behind it shows that all has come. The reference is given the last of them, the capture and the one behind it: exactly
 * what the proxy gets.
 */
final class CapturePlay {

    /** More pictures than are sent before the consumer must have got one. */
    private static final int LEAD = 1_000;
    private static final int TICKS_A_PICTURE = 3_000;
    private static final int MARK_LENGTH = 40;
    private static final long SLICE_MILLIS = 100;
    /** After the last packet; nobody has reason to hold a NAL unit for longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final CaptureSummary capture;
    private final double speed;
    private final Scene scene;

    CapturePlay(CaptureSummary capture, double speed, Scene scene) {
        this.capture = capture;
        this.speed = speed;
        this.scene = scene;
    }

    void play() throws IOException, CaseFailure, CouldNotTest {
        Link link = scene.consumer(scene.freePort());
        byte[] before = lead(link);
        RtpStream behind = streamOf(capture.last(), 1);
        byte[] end = behind.unit(RtpStream.IDR, MARK_LENGTH);
        byte[] after = behind.single(end, true);
        try (CapturedPackets packets = capture.open(speed); CaptureSender camera = new CaptureSender(capture.open(speed), after, link,
                scene.facts().unit())) {
            camera.start();
            Reference reference = new Reference(new Framed(before, packets, after), 1);
            reference.next(); // the picture before the capture, which the proxy has delivered already
            compare(link, reference, end, camera);
        }
    }

    /** A picture of the source of a packet, so many pictures and sequence numbers away. */
    private RtpStream streamOf(Ends packet, int away) {
        return scene.stream(packet.ssrc(), packet.payloadType()).setSequence(packet.sequence() + away)
            .setTimestamp(packet.timestamp() + away * TICKS_A_PICTURE);
    }

    /** @return a packet as the last one that was sent, just before the capture's first */
    private byte[] lead(Link link) throws IOException, CaseFailure {
        link.use(streamOf(capture.first(), -LEAD));
        link.begin();
        // The picture by which the end is known is the next one.
        link.use(streamOf(capture.first(), -1).setTimestamp(capture.first().timestamp() - 2 * TICKS_A_PICTURE));
        link.expect(List.of());
        scene.note("the capture begins; its packets are kept here only where the proxy differs");
        RtpStream again = streamOf(capture.first(), -1);
        return again.single(again.unit(RtpStream.IDR, MARK_LENGTH), true);
    }

    private void compare(Link link, Reference reference, byte[] end, CaptureSender camera)
            throws IOException, CaseFailure, CouldNotTest {
        Comparison comparison = new Comparison(scene, reference, end);
        long quietSince = System.nanoTime();
        while (!comparison.isOver()) {
            List<byte[]> units = link.nextUnkept(SLICE_MILLIS);
            if (units != null) {
                camera.taken();
                comparison.accept(units);
            }
            quietSince = units != null || !camera.isOver() ? System.nanoTime() : quietSince;
            if (System.nanoTime() - quietSince > PATIENCE.toNanos()) {
                camera.check();
                throw comparison.missing("nothing more within " + PATIENCE.toSeconds() + " s after the last packet");
            }
        }
    }
}
