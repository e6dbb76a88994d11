package io.mcm.cli;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.mcm.control.DeliveryUnit;
import io.mcm.h264.Packetizer;
import io.mcm.h264.PacketizerConfig;
import io.mcm.ingest.KernelTransport;
import io.mcm.memif.MemifEngine;
import io.mcm.proxy.MediaProxy;
import io.mcm.proxy.SessionConfig;
import io.mcm.sdk.ConnectionRequest;
import io.mcm.sdk.McmBuffer;
import io.mcm.sdk.McmConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Sends a made-up stream through a proxy and a consumer of this process's own, so that the JVM has compiled the path when the first
 * camera comes: at a camera's rate that would take it minutes.
 */
final class Rehearsal {

    private static final System.Logger LOG = System.getLogger(Rehearsal.class.getName());
    /** {@code -Dmcm.rehearse=false}: for tests, whose many short processes have no camera to be punctual for. */
    private static final boolean WANTED = Boolean.parseBoolean(System.getProperty("mcm.rehearse", "true"));
    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(400);
    /** The JUL logger of everything of ours: the rehearsal's sessions are nobody's news. */
    private static final Logger OURS = Logger.getLogger("io.mcm");

    private static final int UNIT_LENGTH = 8_000;
    private static final byte IDR_SLICE = 0x65;
    private static final int BUFFER_LENGTH = 1 << 15;
    private static final int TICKS_A_PICTURE = 3_600;
    private static final long TIMEOUT_MILLIS = 20;

    private Rehearsal() {}

    /** Never fails: what cannot be rehearsed will say so when it is played. */
    static void of(DeliveryUnit unit, MemifEngine engine) {
        if (!WANTED) {
            return;
        }
        Level before = OURS.getLevel();
        OURS.setLevel(Level.SEVERE);
        try {
            play(unit, engine);
        } catch (IOException | RuntimeException e) {
            LOG.log(DEBUG, "rehearsal ended early: {0}", e.getMessage());
        } finally {
            OURS.setLevel(before);
        }
    }

    private static void play(DeliveryUnit unit, MemifEngine engine) throws IOException {
        Path directory = Files.createTempDirectory("mcm-rehearsal");
        InetAddress loopback = InetAddress.getLoopbackAddress();
        int port = freePort(loopback);
        SessionConfig config =
            new SessionConfig(loopback, directory, unit, BUFFER_LENGTH, SessionConfig.DEFAULT_LOG2_RING_SIZE).withEngine(engine);
        try (MediaProxy proxy = MediaProxy.start(new InetSocketAddress(loopback, 0), config, new KernelTransport(), 1);
             McmConnection consumer = McmConnection.create(request(port, proxy, engine));
             DatagramChannel camera = DatagramChannel.open().connect(new InetSocketAddress(loopback, port));
             UnitRecorder recorder = UnitRecorder.open(null, null)) {
            stream(camera, consumer, recorder);
        } finally {
            Files.deleteIfExists(directory);
        }
    }

    private static ConnectionRequest request(int port, MediaProxy proxy, MemifEngine engine) {
        return ConnectionRequest.h264(port).withProxy(proxy.controlAddress()).withEngine(engine);
    }

    private static void stream(DatagramChannel camera, McmConnection consumer, UnitRecorder recorder) throws IOException {
        PacketizerConfig config = PacketizerConfig.defaults(1);
        MemorySegment scratch = Arena.ofAuto().allocate(Packetizer.bufferLength(config));
        Packetizer packetizer = new Packetizer(config, 0, scratch, (bytes, at, length) -> send(camera, bytes, at, length));
        MemorySegment unit = Arena.ofAuto().allocate(UNIT_LENGTH);
        unit.set(JAVA_BYTE, 0, IDR_SLICE);
        long end = System.nanoTime() + NANOS;
        for (int timestamp = 0; System.nanoTime() - end < 0; timestamp += TICKS_A_PICTURE) {
            packetizer.beginAccessUnit(timestamp);
            packetizer.nalUnit(unit, 0, UNIT_LENGTH);
            packetizer.endAccessUnit();
            take(consumer, recorder);
        }
    }

    private static void take(McmConnection consumer, UnitRecorder recorder) throws IOException {
        for (McmBuffer unit = consumer.dequeue(TIMEOUT_MILLIS); unit != null; unit = consumer.dequeue(0)) {
            recorder.record(unit, System.nanoTime());
            consumer.enqueue(unit);
        }
    }

    private static void send(DatagramChannel camera, MemorySegment bytes, long at, int length) {
        try {
            camera.write(bytes.asSlice(at, length).asByteBuffer());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort(InetAddress loopback) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, loopback)) {
            return socket.getLocalPort();
        }
    }
}
