package io.mcm.conformance.suite;

import static io.mcm.conformance.suite.RtpStream.IDR;

import io.mcm.conformance.suite.ConformanceCase.Body;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** memif as libmemif's client speaks it: handshake, buffers, rings that run full, clients that come again. */
final class MemifCases {

    private static final int LENGTH = 300;
    /** Of a delivered buffer: sequence 0:2 and timestamp 2:4 as the camera sent them, big endian; length 6:8, little endian. */
    private static final int HEADER = 14;
    private static final int LENGTH_OFFSET = 6;
    private static final int WRAPPED_UNITS = 70_000;
    private static final int CHUNK = 40;
    private static final int KILLS = 12;
    private static final int WAKE_UPS = 20;

    private MemifCases() {}

    static List<ConformanceCase> all() {
        return List.of(
            memif("handshake", "HELLO is awaited, then INIT, two regions, two rings and CONNECT", "ACK to each, and CONNECTED",
                "no consumer of the C SDK gets a picture", scene -> {
                    Consumer consumer = Consumer.of(scene);
                    consumer.hand.connected();
                    consumer.awaitPicture();
                }).in(Profile.MCM_24_09).proves("MEMIF-1-01", "MEMIF-1-02", "MEMIF-3-01", "MEMIF-3-02", "MEMIF-3-03",
                    "MEMIF-5-01", "MEMIF-5-06"),
            memif("listener-before-the-answer", "ten sessions, whose sockets are connected to as soon as QUERY is answered",
                "HELLO from each",
                "the C SDK waits for ever where nobody listens yet", scene -> {
                    for (int i = 0; i < 10; i++) {
                        try (RawSession session = scene.rawSession(scene.freePort())) {
                            session.map();
                        }
                    }
                }).in(Profile.MCM_24_09).proves("MEMIF-1-03").finds(25),
            memif("buffer-layout", "a picture of one packet",
                "its sequence number and timestamp, a length, a start code and the NAL unit",
                "consumers read the header at these offsets", scene -> layout(scene, false))
                .in(Profile.MCM_24_09).proves("MCM-CTL-28", "MCM-CTL-29"),
            memif("descriptor-has-the-true-length", "a picture of one packet",
                "a descriptor of as many bytes as header and unit have",
                "who trusts it copies five megabytes, with bytes of older pictures", scene -> layout(scene, true))
                .in(Profile.STRICT).proves("MCM-CTL-30").finds(13),
            memif("client-comes-again", "a consumer that closes memif and connects again, five times, in one session",
                "pictures each time",
                "a micro-service that lost its memif stays without pictures", scene -> {
                    Consumer consumer = Consumer.of(scene);
                    for (int i = 0; i < 5; i++) {
                        consumer.hand.connected();
                        consumer.awaitPicture();
                        consumer.again();
                    }
                }).in(Profile.STRICT).proves("MEMIF-3-07"),
            memif("second-client-is-refused", "a second connection to the socket of a consumer that is connected",
                "its end, and pictures for the first", "two readers of one ring lose half of the pictures each",
                    MemifCases::secondClient)
                .in(Profile.STRICT).proves("MEMIF-3-08"),
            memif("no-buffers-yet", "pictures to a consumer that offers no buffers, then offers them", "pictures from then on",
                "the proxy writes where it has no buffer", MemifCases::noBuffers).in(Profile.STRICT).proves("MEMIF-5-02")
                    .finds(3),
            memif("ring-full-then-recovery", "pictures to a consumer that keeps every buffer, until long after its ring is full",
                "pictures again when it gives them back; another consumer's all the while", MemifCases::full).in(Profile.STRICT)
                .proves("MEMIF-5-02").finds(3),
            memif("ring-index-wraps", "70,000 pictures of one packet", "all of them: a ring's index has 16 bits",
                MemifCases::wraps)
                .in(Profile.MCM_24_09).proves("MEMIF-5-03"),
            memif("consumer-killed-while-streaming", "twelve consumers that vanish without a word while pictures are sent",
                "pictures for the next session each time, and for another one", MemifCases::killed).in(Profile.STRICT).proves("MEMIF-3-06").finds(4),
            memif("unmapped-before-its-session-ends",
                "twelve consumers that close memif while pictures are sent, and only then end their sessions",
                "each picture of another session", "a micro-service that ends in the other order than the C SDK's ends the proxy",
                MemifCases::unmapped).in(Profile.STRICT).proves("MEMIF-3-06", "MCM-CTL-24").finds(4, 19),
            memif("woken-for-what-comes-after-the-wake-up",
                "a picture, and another one when the consumer has read its eventfd but not yet looked at the ring",
                "it is woken for each", "the last picture before a pause is found with the first one after it",
                MemifCases::woken).in(Profile.MCM_24_09).proves("MEMIF-6-01", "MEMIF-6-02"));
    }

    private static ConformanceCase memif(String name, String sends, String expects, String why, Body body) {
        return ConformanceCase.of(Group.MEMIF, name, sends, expects, why, body);
    }

    private static ConformanceCase memif(String name, String sends, String expects, Body body) {
        return memif(name, sends, expects, "the proxy dies or the consumer stays without pictures", body);
    }

    /** A session, its camera, and a consumer made by hand. */
    static final class Consumer {

        private final RawSession session;
        private final MemifAnswer answer;
        private final Camera camera;
        private final List<byte[]> sent = new ArrayList<>();
        HandConsumer hand;

        private Consumer(RawSession session, Camera camera) throws IOException, CaseFailure {
            this.session = session;
            this.camera = camera;
            answer = session.query();
            hand = session.consumer(answer);
        }

        static Consumer of(Scene scene) throws Exception {
            int port = scene.freePort();
            return new Consumer(scene.rawSession(port), scene.camera(port));
        }

        Camera camera() {
            return camera;
        }

        /** The old one vanishes, and another connects. */
        void again() throws CaseFailure {
            hand.close();
            hand = session.consumer(answer);
        }

        /** Takes whatever is under way. */
        void settle() throws Exception {
            byte[] last = send();
            byte[] unit = null;
            while (!Arrays.equals(unit, last)) {
                if (!Scene.soon(hand::hasNext)) {
                    throw new CaseFailure("the last picture that was sent", "nothing more");
                }
                unit = unit(hand.take());
            }
        }

        /** A wake-up without a unit means nothing: it may be that of one that has been taken already. */
        void awaitWakeUp(int units) throws CaseFailure {
            if (!Scene.soon(() -> hand.isWoken() && hand.unread() >= units)) {
                throw new CaseFailure("a wake-up when " + units + " units are there that were not before", "none, and "
                    + hand.unread() + " units");
            }
        }

        byte[] send() throws Exception {
            byte[] unit = camera.stream().nextPicture().unit(IDR, LENGTH);
            sent.add(unit);
            camera.send(camera.stream().single(unit, true));
            return unit;
        }

        /** Pictures until one is delivered. @return its buffer */
        byte[] awaitPicture() throws Exception {
            boolean came = Scene.soon(() -> {
                try {
                    send();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
                return hand.hasNext();
            });
            if (!came) {
                throw new CaseFailure("a picture delivered", "none of " + sent.size());
            }
            byte[] buffer = hand.take();
            byte[] unit = unit(buffer);
            if (sent.stream().noneMatch(each -> Arrays.equals(each, unit))) {
                throw new CaseFailure("one of the pictures that were sent", Units.describe(unit));
            }
            return buffer;
        }
    }

    private static long length(byte[] buffer) throws CaseFailure {
        if (buffer.length < HEADER) {
            throw new CaseFailure("a header of " + HEADER + " bytes", buffer.length + " bytes");
        }
        long length = ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN).getLong(LENGTH_OFFSET);
        if (length < 0 || length > buffer.length - HEADER) {
            throw new CaseFailure("a length that the buffer holds, little endian", String.valueOf(length));
        }
        return length;
    }

    private static void layout(Scene scene, boolean exact) throws Exception {
        Consumer consumer = Consumer.of(scene);
        consumer.hand.connected();
        consumer.awaitPicture();
        if (exact) {
            byte[] buffer = consumer.awaitPicture();
            if (buffer.length != HEADER + length(buffer)) {
                throw new CaseFailure("a descriptor of " + (HEADER + length(buffer)) + " bytes", buffer.length + " bytes");
            }
            return;
        }
        compareHeader(consumer);
    }

    /** The pictures of the lead-in are taken first; then one is sent whose numbers are known. */
    private static void compareHeader(Consumer consumer) throws Exception {
        int sequence = consumer.camera().stream().sequence();
        byte[] unit = consumer.send();
        byte[] buffer = null;
        while (buffer == null || !Arrays.equals(unit(buffer), unit)) {
            if (!Scene.soon(consumer.hand::hasNext)) {
                throw new CaseFailure("the picture of sequence number " + sequence, "nothing more");
            }
            buffer = consumer.hand.take();
        }
        ByteBuffer header = ByteBuffer.wrap(buffer);
        int timestamp = consumer.camera().stream().timestamp();
        if ((header.getShort(0) & 0xffff) != sequence || header.getInt(2) != timestamp) {
            throw new CaseFailure("sequence " + sequence + " and timestamp " + timestamp + ", big endian",
                (header.getShort(0) & 0xffff) + " and " + header.getInt(2));
        }
        byte[] expected = new byte[4 + unit.length];
        expected[3] = 1;
        System.arraycopy(unit, 0, expected, 4, unit.length);
        byte[] stream = Arrays.copyOfRange(buffer, HEADER, HEADER + (int) length(buffer));
        if (!Arrays.equals(stream, expected)) {
            throw new CaseFailure("00 00 00 01 and the unit: " + Units.describe(expected), Units.describe(stream));
        }
    }

    private static void secondClient(Scene scene) throws Exception {
        Consumer consumer = Consumer.of(scene);
        consumer.hand.connected();
        consumer.awaitPicture();
        try (HandConsumer second = consumer.session.consumer(consumer.answer)) {
            int type = second.wire().receive();
            if (type == MemifWire.HELLO) {
                second.say(0);
                second.wire().expectEnd();
            }
        }
        consumer.awaitPicture();
    }

    private static void noBuffers(Scene scene) throws Exception {
        Consumer consumer = Consumer.of(scene);
        consumer.hand.advance(HandConsumer.STEPS);
        for (int i = 0; i < CHUNK; i++) {
            consumer.send();
        }
        scene.link();
        if (consumer.hand.hasNext()) {
            throw new CaseFailure("no unit, for no buffer was offered", "one");
        }
        consumer.hand.offerAll();
        consumer.awaitPicture();
    }

    private static void full(Scene scene) throws Exception {
        Link quick = scene.link();
        Consumer slow = Consumer.of(scene);
        slow.hand.connected();
        slow.awaitPicture();
        int slots = 1 << slow.hand.log2();
        for (int sent = 0; sent < 2 * slots; sent += CHUNK) {
            for (int i = 0; i < CHUNK; i++) {
                slow.send();
            }
            byte[] unit = quick.stream().nextPicture().unit(IDR, LENGTH);
            quick.send(quick.stream().single(unit, true));
            quick.expect(unit);
        }
        while (slow.hand.hasNext()) {
            slow.hand.take();
        }
        slow.awaitPicture();
    }

    private static void wraps(Scene scene) throws Exception {
        Link link = scene.link();
        link.exchange(WRAPPED_UNITS, _ -> {
            byte[] unit = link.stream().nextPicture().unit(IDR, 12);
            link.send(link.stream().single(unit, true));
            return List.of(unit);
        });
    }

    /** The overlap lasts for as long as the proxy needs to see either end. */
    private static void unmapped(Scene scene) throws Exception {
        Link other = scene.link();
        for (int i = 0; i < KILLS; i++) {
            Consumer consumer = Consumer.of(scene);
            consumer.hand.connected();
            consumer.awaitPicture();
            for (int k = 0; k < CHUNK; k++) {
                consumer.send();
            }
            consumer.hand.close();
            for (int k = 0; k < CHUNK; k++) {
                consumer.send();
            }
            consumer.session.close();
            other.exchange(2, _ -> {
                byte[] unit = other.stream().nextPicture().unit(IDR, LENGTH);
                other.send(other.stream().single(unit, true));
                return List.of(unit);
            });
        }
    }

    /** The second picture comes between the wake-up by the first and the look at the ring. */
    private static void woken(Scene scene) throws Exception {
        Consumer consumer = Consumer.of(scene);
        consumer.hand.connected();
        consumer.awaitPicture();
        consumer.settle();
        for (int i = 0; i < WAKE_UPS; i++) {
            List<byte[]> sent = new ArrayList<>();
            for (int unread = 1; unread <= 2; unread++) {
                sent.add(consumer.send());
                consumer.awaitWakeUp(unread);
            }
            for (byte[] unit : sent) {
                byte[] got = unit(consumer.hand.take());
                if (!Arrays.equals(got, unit)) {
                    throw new CaseFailure(Units.describe(unit), Units.describe(got));
                }
            }
        }
    }

    private static byte[] unit(byte[] buffer) throws CaseFailure {
        return Units.of(Arrays.copyOfRange(buffer, HEADER, HEADER + (int) length(buffer))).getFirst();
    }

    private static void killed(Scene scene) throws Exception {
        Link other = scene.link();
        for (int i = 0; i < KILLS; i++) {
            Consumer consumer = Consumer.of(scene);
            consumer.hand.connected();
            consumer.awaitPicture();
            for (int k = 0; k < 2 * CHUNK; k++) {
                consumer.send();
                if (k == CHUNK) {
                    consumer.hand.close();
                }
            }
        }
        byte[] unit = other.stream().nextPicture().unit(IDR, LENGTH);
        other.send(other.stream().single(unit, true));
        other.expect(unit);
    }
}
