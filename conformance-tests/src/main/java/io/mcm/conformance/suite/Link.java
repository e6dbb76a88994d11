package io.mcm.conformance.suite;

import io.mcm.sdk.ConnectionRequest;
import io.mcm.sdk.McmBuffer;
import io.mcm.sdk.McmConnection;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
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
    /** Between two pictures of the lead-in. */
    private static final long LEAD_PERIOD_MILLIS = 20;
    private static final long SLICE_MILLIS = 100;

    private final Scene scene;
    private final McmConnection consumer;
    private final InetSocketAddress to;
    private final DatagramSocket camera;
    private final RtpStream stream;
    private int leadIns;
    private boolean firstLost;

    private Link(Scene scene, McmConnection consumer, int port) throws IOException {
        this.scene = scene;
        this.consumer = consumer;
        to = new InetSocketAddress(scene.control().getAddress(), port);
        camera = scene.keep(new DatagramSocket());
        stream = scene.stream();
    }

    static Link open(Scene scene, ConnectionRequest request) throws IOException, CaseFailure {
        int port = request.param().local().port();
        try {
            McmConnection consumer = McmConnection.create(request);
            scene.note("session " + consumer.sessionId() + " on UDP port " + port);
            return new Link(scene, consumer, port);
        } catch (IOException e) {
            throw new CaseFailure("a session on UDP port " + port, e.toString());
        }
    }

    /** Of this camera; its packets follow each other in the order in which they are made. */
    public RtpStream stream() {
        return stream;
    }

    public int port() {
        return to.getPort();
    }

    public McmConnection consumer() {
        return consumer;
    }

    /** Pictures until the first has been delivered: a consumer connects in its own time, and 24.09 swallows the first picture. */
    public void begin() throws IOException, CaseFailure {
        long end = System.nanoTime() + Scene.PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            leadIns++;
            stream.nextPicture();
            send(stream.single(marked(LEAD, leadIns), true));
            List<byte[]> units = next(LEAD_PERIOD_MILLIS);
            if (units != null) {
                firstLost = units.getFirst()[MARK_OFFSET + LEAD.length] != 2;
                drain();
                return;
            }
        }
        throw new CaseFailure("a picture delivered within " + Scene.PATIENCE.toSeconds() + " s", "none of " + leadIns);
    }

    /** What of the lead-in is still on its way. */
    private void drain() throws IOException, CaseFailure {
        expect(List.of());
    }

    /** Whether the very first picture was not delivered, but a later one. */
    public boolean isFirstLost() {
        return firstLost;
    }

    private byte[] marked(byte[] mark, int number) {
        byte[] unit = stream.unit(RtpStream.IDR, MARKED_LENGTH);
        System.arraycopy(mark, 0, unit, MARK_OFFSET, mark.length);
        unit[MARK_OFFSET + mark.length] = (byte) (1 + number % 255); // never 0
        return unit;
    }

    private static boolean isMarked(byte[] unit, byte[] mark) {
        return unit.length == MARKED_LENGTH && Arrays.equals(unit, MARK_OFFSET, MARK_OFFSET + mark.length, mark, 0, mark.length);
    }

    public void send(List<byte[]> packets) throws IOException {
        for (byte[] packet : packets) {
            send(packet);
        }
    }

    /** Packets as they are, each a datagram. */
    public void send(byte[]... packets) throws IOException {
        for (byte[] packet : packets) {
            scene.evidence().packet(packet);
            camera.send(new DatagramPacket(packet, packet.length, to));
        }
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
        List<byte[]> got = untilLast(scene.random().nextInt(255));
        for (int i = 0; i < Math.min(units.size(), got.size()); i++) {
            if (!Arrays.equals(units.get(i), got.get(i))) {
                throw new CaseFailure("NAL unit " + (i + 1) + " of " + units.size() + ": " + Units.describe(units.get(i)),
                    difference(units.get(i), got.get(i)));
            }
        }
        if (got.size() != units.size()) {
            throw new CaseFailure(units.size() + " NAL units", got.size() + (got.size() > units.size()
                ? ", the first too many: " + Units.describe(got.get(units.size()))
                : ", the first missing: " + Units.describe(units.get(got.size()))));
        }
    }

    private static String difference(byte[] expected, byte[] actual) {
        int at = Arrays.mismatch(expected, actual);
        return Units.describe(actual) + ", other from byte " + at + " on";
    }

    /** What comes before a picture that is sent now. Lead-in pictures are nobody's expectation. */
    private List<byte[]> untilLast(int number) throws IOException, CaseFailure {
        byte[] last = marked(LAST, number);
        stream.nextPicture();
        send(stream.single(last, true));
        List<byte[]> got = new ArrayList<>();
        long end = System.nanoTime() + Scene.PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            List<byte[]> units = next(SLICE_MILLIS);
            for (byte[] unit : units == null ? List.<byte[]>of() : units) {
                if (Arrays.equals(unit, last)) {
                    return got;
                }
                if (!isMarked(unit, LEAD)) {
                    got.add(unit);
                }
            }
        }
        throw new CaseFailure("a whole picture after it, which was sent and not lost",
            "nothing of it within " + Scene.PATIENCE.toSeconds() + " s, but " + got.size() + " other NAL units");
    }

    /** The NAL units of the next buffer, which is given back; null where none comes. */
    public List<byte[]> next(long timeoutMillis) throws IOException, CaseFailure {
        McmBuffer buffer = dequeue(timeoutMillis);
        if (buffer == null) {
            return null;
        }
        byte[] bytes = buffer.data().toArray(ValueLayout.JAVA_BYTE);
        consumer.enqueue(buffer);
        List<byte[]> units = Units.of(bytes);
        for (byte[] unit : units) {
            scene.evidence().unit(unit);
        }
        return units;
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
