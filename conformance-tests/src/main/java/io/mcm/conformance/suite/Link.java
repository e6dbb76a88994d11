package io.mcm.conformance.suite;

import io.mcm.sdk.ConnectionRequest;
import io.mcm.sdk.McmBuffer;
import io.mcm.sdk.McmConnection;
import io.mcm.sdk.SdkCounter;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A camera's port at the proxy and one consumer of it. What is sent is packets; what is expected is NAL units. */
public final class Link implements AutoCloseable {

    private static final byte[] LEAD = "LEAD-IN".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LAST = "LAST-ONE".getBytes(StandardCharsets.US_ASCII);
    /** Header and first byte of a slice that begins a picture. */
    private static final int MARK_OFFSET = 2;
    private static final int MARKED_LENGTH = 40;
    /** So many do not fill any ring. */
    private static final int FEW_LEAD_INS = 16;
    /** Between two pictures of the lead-in. */
    private static final long LEAD_PERIOD_MILLIS = 20;
    private static final long SLICE_MILLIS = 100;
    /** Below the 64 buffers of 24.09's C SDK. */
    private static final int MOST_UNREAD = 24;

    private final Scene scene;
    private final McmConnection consumer;
    private final int port;
    private final Camera camera;
    private int leadIns;
    private boolean firstLost;

    private Link(Scene scene, McmConnection consumer, int port, Camera camera) {
        this.scene = scene;
        this.consumer = consumer;
        this.port = port;
        this.camera = camera;
    }

    static Link open(Scene scene, ConnectionRequest request) throws IOException, CaseFailure {
        int port = request.param().local().port();
        return new Link(scene, session(scene, request), port, scene.camera(port));
    }

    private static McmConnection session(Scene scene, ConnectionRequest request) throws CaseFailure {
        int port = request.param().local().port();
        try {
            McmConnection consumer = McmConnection.create(request);
            scene.note("session " + consumer.sessionId() + " on UDP port " + port);
            return consumer;
        } catch (IOException e) {
            throw new CaseFailure("a session on UDP port " + port, e.toString());
        }
    }

    /** Another consumer of the same camera; nothing has been sent to it yet. */
    public Link another() throws CaseFailure {
        return scene.keep(new Link(scene, session(scene, scene.request(port)), port, camera));
    }

    /** From here on the camera is another source, as after its restart. */
    public void use(RtpStream other) {
        camera.use(other);
    }

    /** Of this camera; its packets follow each other in the order in which they are made. */
    public RtpStream stream() {
        return camera.stream();
    }

    public int port() {
        return port;
    }

    public McmConnection consumer() {
        return consumer;
    }

    /** Pictures until the first has been delivered: a consumer connects in its own time, and 24.09 swallows the first picture. */
    public void begin() throws IOException, CaseFailure {
        long end = System.nanoTime() + Scene.PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            leadIns++;
            send(stream().nextPicture().single(marked(LEAD, leadIns), true));
            List<byte[]> units = next(LEAD_PERIOD_MILLIS);
            if (units != null) {
                firstLost = units.getFirst()[MARK_OFFSET + LEAD.length] != 2;
                drain();
                return;
            }
        }
        throw new CaseFailure("a picture delivered within " + Scene.PATIENCE.toSeconds() + " s", "none of " + leadIns);
    }

    /** Pictures sent until one is delivered again, whatever the proxy has to get over first. */
    public void recover() throws IOException, CaseFailure {
        begin();
    }

    /** What of the lead-in is still on its way, which may have been kept back and fill the ring now. */
    private void drain() throws IOException, CaseFailure {
        long patience = leadIns > FEW_LEAD_INS ? LEAD_PERIOD_MILLIS : 0;
        while (next(patience) != null) {
            scene.note("more of the lead-in");
        }
        expect(List.of());
    }

    /** Whether the very first picture was not delivered, but a later one. */
    public boolean isFirstLost() {
        return firstLost;
    }

    private byte[] marked(byte[] mark, int number) {
        byte[] unit = stream().unit(RtpStream.IDR, MARKED_LENGTH);
        System.arraycopy(mark, 0, unit, MARK_OFFSET, mark.length);
        unit[MARK_OFFSET + mark.length] = (byte) (1 + number % 255); // never 0
        return unit;
    }

    private static boolean isMarked(byte[] unit, byte[] mark) {
        return unit.length == MARKED_LENGTH && Arrays.equals(unit, MARK_OFFSET, MARK_OFFSET + mark.length, mark, 0, mark.length);
    }

    public void send(List<byte[]> packets) throws IOException {
        send(packets.toArray(byte[][]::new));
    }

    /** Packets as they are, each a datagram. */
    public void send(byte[]... packets) throws IOException {
        camera.send(packets);
    }

    /** So slowly that no socket's buffer overflows, for what has no picture in it that could be waited for. */
    public void sendSlowly(List<byte[]> packets) throws IOException {
        camera.sendSlowly(packets);
    }

    /** As {@link #send}, but not kept as evidence: for a stream of thousands. */
    public void sendUnkept(byte[] packet) throws IOException {
        camera.sendUnkept(packet);
    }

    /** See {@link #expect(List)}. */
    public void expect(byte[]... units) throws IOException, CaseFailure {
        expect(List.of(units));
    }

    /**
     * A last picture is sent; until it comes, the consumer must get exactly these NAL units.
     *
     * @throws CaseFailure with the first difference
     */
    public void expect(List<byte[]> units) throws IOException, CaseFailure {
        CaseFailure wrong = compare(units, untilLast(scene.random().nextInt(255)));
        if (wrong != null) {
            throw wrong;
        }
    }

    /** Sends a picture, or a few packets. */
    @FunctionalInterface
    public interface Sending {

        /** @return the NAL units that must come of it */
        List<byte[]> send(int number) throws IOException;
    }

    /** So many times, with no more at once than the consumer's ring holds; each is expected as by {@link #expect(List)}. */
    public void exchange(int times, Sending sending) throws IOException, CaseFailure {
        int most = Math.clamp(consumer.ringSize() / 2, 1, MOST_UNREAD);
        List<byte[]> units = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            units.addAll(sending.send(i));
            if (units.size() >= most || i == times - 1) {
                expect(units);
                units.clear();
            }
        }
    }

    /** As {@link #expect(List)}, where more than one outcome is right. */
    @SafeVarargs
    public final void expectOneOf(List<byte[]>... allowed) throws IOException, CaseFailure {
        Delivered got = untilLast(scene.random().nextInt(255));
        CaseFailure first = null;
        for (List<byte[]> units : allowed) {
            CaseFailure wrong = compare(units, got);
            if (wrong == null) {
                return;
            }
            first = first == null ? wrong : first;
        }
        throw new CaseFailure(first.expected() + " (or one of " + (allowed.length - 1) + " other allowed outcomes)",
            first.actual());
    }

    /** Whether these NAL units are delivered; where they are not, nothing else may be. */
    public boolean come(List<byte[]> units) throws IOException, CaseFailure {
        Delivered got = untilLast(scene.random().nextInt(255));
        CaseFailure wrong = compare(got.units().isEmpty() ? List.of() : units, got);
        if (wrong != null) {
            throw wrong;
        }
        return !got.units().isEmpty();
    }

    /** Null where exactly these came, each in a buffer of its own or with its picture. */
    private CaseFailure compare(List<byte[]> units, Delivered got) {
        CaseFailure wrong = got.difference(units);
        return wrong == null ? got.misplaced(scene.facts().unit(), units, stream()::timestampOf) : wrong;
    }

    /** What comes before a picture that is sent now. Lead-in pictures, and last ones of other consumers, are nobody's expectation. */
    private Delivered untilLast(int number) throws IOException, CaseFailure {
        byte[] last = marked(LAST, number);
        send(stream().nextPicture().single(last, true));
        Delivered got = new Delivered();
        long end = System.nanoTime() + Scene.PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            List<byte[]> units = next(SLICE_MILLIS);
            if (units != null) {
                got.add(units, unit -> isMarked(unit, LEAD) || isMarked(unit, LAST));
                if (units.stream().anyMatch(unit -> Arrays.equals(unit, last))) {
                    checkHeaders();
                    return got;
                }
            }
        }
        throw new CaseFailure("a whole picture after it, which was sent and not lost",
            "nothing of it within " + Scene.PATIENCE.toSeconds() + " s, but " + got.units().size() + " other NAL units");
    }

    /** The SDK drops what it cannot make sense of, and a C client would not. */
    private void checkHeaders() throws CaseFailure {
        long malformed = consumer.counters().get(SdkCounter.MALFORMED);
        if (malformed > 0) {
            throw new CaseFailure("buffers whose headers fit them", malformed + " with a length that is impossible there");
        }
    }

    /** The NAL units of the next buffer, which is given back; null where none comes. */
    public List<byte[]> next(long timeoutMillis) throws IOException, CaseFailure {
        List<byte[]> units = nextUnkept(timeoutMillis);
        if (units != null) {
            units.forEach(scene.evidence()::unit);
        }
        return units;
    }

    /** As {@link #next}, but not kept as evidence: for a stream of thousands. */
    public List<byte[]> nextUnkept(long timeoutMillis) throws IOException, CaseFailure {
        McmBuffer buffer = dequeue(timeoutMillis);
        if (buffer == null) {
            return null;
        }
        byte[] bytes = buffer.data().toArray(ValueLayout.JAVA_BYTE);
        consumer.enqueue(buffer);
        return Units.of(bytes);
    }

    /** The SDK tells a spurious wake-up by null too. */
    private McmBuffer dequeue(long timeoutMillis) throws IOException, CaseFailure {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        try {
            McmBuffer buffer = consumer.dequeue(timeoutMillis);
            while (buffer == null && System.nanoTime() < end) {
                buffer = consumer.dequeue(1);
            }
            return buffer;
        } catch (io.mcm.sdk.ConnectionLostException e) {
            throw new CaseFailure("the session to go on", "the connection ended: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
