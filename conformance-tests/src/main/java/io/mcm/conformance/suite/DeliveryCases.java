package io.mcm.conformance.suite;

import static io.mcm.conformance.suite.RtpStream.IDR;
import static io.mcm.conformance.suite.RtpStream.SLICE;

import io.mcm.sdk.McmBuffer;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a consumer finds in its buffers, and what it may do with them. */
public final class DeliveryCases {

    private static final int LENGTH = 900;
    private static final int PARTS = 3;
    private static final int PICTURES = 10;
    private static final int HELD = 8;
    /** More than any ring has that the C SDK could take, several times over. */
    private static final int TOO_MANY = 400;
    /** A wake-up takes microseconds; the machine may be busy. */
    private static final long AWAKE_MILLIS = 2_000;
    private static final long ROOM_MILLIS = 20;
    /** NAL units of one packet; two packets are under way, less than the 64 buffers of 24.09's C SDK. */
    private static final int AGGREGATED = 25;
    private static final int NUMBERED_LENGTH = 9;
    /** Not 256: no byte may be 0, or start codes would be in it. */
    private static final int DIGITS = 255;

    private DeliveryCases() {}

    static List<ConformanceCase> all() {
        return List.of(
            ConformanceCase.of(Group.RTP, "sequence-and-timestamp-of-a-buffer", PICTURES + " pictures of three packets each",
                "in each buffer's header the sequence number and the timestamp of the picture's first packet",
                "what a micro-service finds cannot be told to be of this or that moment", DeliveryCases::header).in(Profile.MCM_24_09),
            ConformanceCase.of(Group.RTP, "a-buffer-is-a-unit", "pictures of two slices, with and without marker",
                "each buffer holds what every other does: one NAL unit, or one picture's", "two pictures are decoded as one",
                DeliveryCases::units).proves("RFC6184-5.1-04"),
            ConformanceCase.of(Group.MEMIF, "consumer-that-sleeps", PICTURES + " pictures, each to a consumer that waits for it",
                "each at once", "the last picture before a pause comes with the first one after it", DeliveryCases::wakes)
                .in(Profile.MCM_24_09),
            ConformanceCase.of(Group.MEMIF, "buffers-that-are-held", "pictures to a consumer that gives none back meanwhile",
                "each is as it came until it is given back", "a picture changes while it is decoded", DeliveryCases::held)
                .in(Profile.MCM_24_09).finds(5),
            ConformanceCase.of(Group.MEMIF, "consumer-that-takes-nothing", TOO_MANY + " pictures to a consumer that takes none, then pictures that it takes",
                "whole pictures in their order, whichever are dropped, and all of the later ones", "one slow micro-service ends the proxy", DeliveryCases::fullRing)
                .finds(3),
            manyUnits(Integer.getInteger("mcm.conformance.units", 50_000)));
    }

    /** Twenty-five NAL units a packet, so many in all. */
    public static ConformanceCase manyUnits(int count) {
        return ConformanceCase.of(Group.ENDURANCE, "numbered-nal-units", count + " NAL units, numbered, as fast as they are taken",
            "each of them once, in order", "one that is lost in very many is seen by nobody, but its picture is broken",
            scene -> numbered(scene, count)).in(Profile.RFC).proves("RFC6184-7.1-03");
    }

    private static McmBuffer take(Link link) throws IOException, CaseFailure {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(AWAKE_MILLIS);
        do {
            // In one wait, as a micro-service does: whoever looks again and again needs no wake-up.
            McmBuffer buffer = link.consumer().dequeue(AWAKE_MILLIS);
            if (buffer != null) {
                return buffer;
            }
        } while (System.nanoTime() < end);
        throw new CaseFailure("a buffer within " + AWAKE_MILLIS + " ms", "none");
    }

    private static void header(Scene scene) throws Exception {
        Link link = scene.link();
        for (int i = 0; i < PICTURES; i++) {
            RtpStream stream = link.stream().nextPicture();
            int sequence = stream.sequence();
            link.send(stream.fuA(stream.unit(IDR, LENGTH), PARTS, true));
            McmBuffer buffer = take(link);
            String got = "sequence number " + buffer.sequence() + ", timestamp " + Integer.toUnsignedString(buffer.timestamp());
            link.consumer().enqueue(buffer);
            String sent = "sequence number " + sequence + ", timestamp " + Integer.toUnsignedString(stream.timestamp());
            if (!got.equals(sent)) {
                throw new CaseFailure(sent, got);
            }
        }
    }

    /** The marker of every other picture is missing, but its timestamp is its own. */
    private static void units(Scene scene) throws Exception {
        Link link = scene.link();
        link.exchange(PICTURES, i -> {
            RtpStream stream = link.stream().nextPicture();
            byte[] first = stream.unit(SLICE, LENGTH);
            byte[] second = stream.unit(SLICE, LENGTH);
            second[1] = 0x5a; // first_mb_in_slice is not 0: it goes on with the picture
            link.send(stream.single(first, false));
            link.send(stream.single(second, i % 2 == 0));
            return List.of(first, second);
        });
    }

    private static void same(List<byte[]> sent, List<byte[]> got) throws CaseFailure {
        if (got == null || got.size() != sent.size()) {
            throw new CaseFailure(sent.size() + " NAL units in a buffer", got == null ? "no buffer" : got.size() + " of them");
        }
        for (int i = 0; i < sent.size(); i++) {
            if (!Arrays.equals(sent.get(i), got.get(i))) {
                throw new CaseFailure(Units.describe(sent.get(i)), Units.describe(got.get(i)));
            }
        }
    }

    private static void wakes(Scene scene) throws Exception {
        Link link = scene.link();
        for (int i = 0; i < PICTURES; i++) {
            byte[] unit = link.stream().nextPicture().unit(IDR, LENGTH);
            link.send(link.stream().single(unit, true));
            McmBuffer buffer = take(link);
            List<byte[]> got = Units.of(buffer.data().toArray(ValueLayout.JAVA_BYTE));
            link.consumer().enqueue(buffer);
            same(List.of(unit), got);
        }
    }

    private static void held(Scene scene) throws Exception {
        Link link = scene.link();
        List<byte[]> sent = new ArrayList<>();
        List<McmBuffer> buffers = new ArrayList<>();
        for (int i = 0; i < HELD; i++) {
            sent.add(link.stream().nextPicture().unit(IDR, LENGTH));
            link.send(link.stream().single(sent.getLast(), true));
            buffers.add(take(link));
        }
        for (int i = 0; i < HELD; i++) {
            List<byte[]> now = Units.of(buffers.get(i).data().toArray(ValueLayout.JAVA_BYTE));
            link.consumer().enqueue(buffers.get(i));
            same(List.of(sent.get(i)), now);
        }
    }

    private static void fullRing(Scene scene) throws Exception {
        Link link = scene.link();
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < TOO_MANY; i++) {
            sent.add(link.stream().nextPicture().unit(SLICE, LENGTH));
            link.sendSlowly(link.stream().fuA(sent.getLast(), PARTS, true));
        }
        comeThrough(link, sent);
        link.exchange(PICTURES, _ -> {
            byte[] unit = link.stream().nextPicture().unit(IDR, LENGTH);
            link.send(link.stream().fuA(unit, PARTS, true));
            return List.of(unit);
        });
    }

    /** Pictures until one comes that was sent when there was room again. Whichever were dropped before, others come whole, once and in order. */
    private static void comeThrough(Link link, List<byte[]> sent) throws IOException, CaseFailure {
        int next = 0;
        long end = System.nanoTime() + Scene.PATIENCE.toNanos();
        while (next < sent.size() || sent.size() == TOO_MANY) {
            if (System.nanoTime() > end) {
                throw new CaseFailure("pictures again, when there is room", "none within " + Scene.PATIENCE.toSeconds() + " s");
            }
            sent.add(link.stream().nextPicture().unit(IDR, LENGTH));
            link.send(link.stream().single(sent.getLast(), true));
            for (List<byte[]> units = link.next(ROOM_MILLIS); units != null; units = link.next(ROOM_MILLIS)) {
                for (byte[] unit : units) {
                    next = 1 + place(unit, sent, next);
                }
            }
        }
    }

    private static int place(byte[] unit, List<byte[]> sent, int from) throws CaseFailure {
        for (int i = from; i < sent.size(); i++) {
            if (Arrays.equals(unit, sent.get(i))) {
                return i;
            }
        }
        throw new CaseFailure("one of the " + (sent.size() - from) + " pictures that were sent after the last one that came",
            Units.describe(unit) + (sent.stream().anyMatch(each -> Arrays.equals(each, unit)) ? ", which is older" : ""));
    }

    private static void numbered(Scene scene, int count) throws Exception {
        Link link = scene.link();
        int most = Math.min(AGGREGATED, link.consumer().ringSize() * 2 / 5);
        int taken = 0;
        int sent = 0;
        while (taken < count) {
            if (sent < count && sent - taken <= most) {
                sendNumbered(link, sent, Math.min(most, count - sent));
                sent += most;
            }
            List<byte[]> units = link.next(AWAKE_MILLIS);
            for (byte[] unit : units == null ? List.of(new byte[0]) : units) {
                if (!Arrays.equals(unit, numbered(taken))) {
                    throw new CaseFailure("NAL unit " + taken + ": " + Units.describe(numbered(taken)), Units.describe(unit));
                }
                taken++;
            }
        }
    }

    private static void sendNumbered(Link link, int first, int many) throws IOException {
        byte[][] units = new byte[many][];
        for (int i = 0; i < many; i++) {
            units[i] = numbered(first + i);
        }
        link.send(link.stream().nextPicture().stapA(true, units));
    }

    private static byte[] numbered(int number) {
        byte[] unit = new byte[NUMBERED_LENGTH];
        unit[0] = SLICE;
        unit[1] = (byte) 0x80; // first_mb_in_slice is 0
        int left = number;
        for (int i = 2; i < NUMBERED_LENGTH; i++) {
            unit[i] = (byte) (1 + left % DIGITS);
            left /= DIGITS;
        }
        return unit;
    }
}
