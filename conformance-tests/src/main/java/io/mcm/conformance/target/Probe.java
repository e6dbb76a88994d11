package io.mcm.conformance.target;

import io.mcm.conformance.suite.CaseFailure;
import io.mcm.conformance.suite.Link;
import io.mcm.conformance.suite.RtpStream;
import io.mcm.conformance.suite.Scene;
import io.mcm.conformance.suite.TargetFacts;
import io.mcm.control.DeliveryUnit;
import io.mcm.sdk.McmBuffer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.SplittableRandom;

/** Finds out what a proxy does before it is tried, by a session like a micro-service's. */
public final class Probe {

    private static final int CONNECT_MILLIS = 1_000;
    private static final int TAKE_MILLIS = 3_000;
    private static final long SEED = 1;
    private static final int UNIT_LENGTH = 60;

    private Probe() {}

    /** Whether somebody accepts connections there. */
    public static boolean answers(InetSocketAddress control) {
        try (Socket socket = new Socket()) {
            socket.connect(control, CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Never throws for what the proxy does: what does not work is in the facts. */
    public static TargetFacts of(Target target) {
        if (!answers(target.control())) {
            return TargetFacts.nothing("nothing accepts connections at " + target.control());
        }
        TargetFacts facts = look(target);
        return facts.delivers() || answers(target.control()) ? facts : TargetFacts.dead(facts.trouble());
    }

    private static TargetFacts look(Target target) {
        try (Scene scene = new Scene(target.control(), TargetFacts.nothing(""), new SplittableRandom(SEED))) {
            return look(scene.link());
        } catch (CaseFailure | IOException e) {
            return TargetFacts.nothing(e.getMessage());
        }
    }

    /** A picture of two NAL units comes in one buffer or in two. */
    private static TargetFacts look(Link link) throws IOException, CaseFailure {
        RtpStream stream = link.stream().nextPicture();
        link.send(stream.single(stream.unit(RtpStream.IDR, UNIT_LENGTH), false), stream.single(rest(stream), true));
        McmBuffer buffer = link.consumer().dequeue(TAKE_MILLIS);
        if (buffer == null) {
            return TargetFacts.nothing("a picture of two slices was not delivered");
        }
        boolean whole = buffer.length() > 2 * UNIT_LENGTH;
        boolean metadata = buffer.hasMetadata();
        link.consumer().enqueue(buffer);
        return new TargetFacts(whole ? DeliveryUnit.ACCESS_UNIT : DeliveryUnit.NALU, metadata, link.isFirstLost(), false, "");
    }

    /** A slice that goes on with its picture: first_mb_in_slice is not 0. */
    private static byte[] rest(RtpStream stream) {
        byte[] unit = stream.unit(RtpStream.IDR, UNIT_LENGTH);
        unit[1] = (byte) (unit[1] & 0x7f | 0x40);
        return unit;
    }
}
