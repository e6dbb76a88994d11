package io.mcm.conformance.suite;

import io.mcm.sdk.ConnectionRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/** What a case has to play with; everything that it opens is closed when it ends. */
public final class Scene implements AutoCloseable {

    /** The C SDK keeps four digits of a port, and 24.09's clients are what a proxy is made for. */
    private static final int LAST_PORT = 9_998;
    private static final int FIRST_PORT = 5_000;
    private static final int PORTS_TRIED = 200;
    /** How long anything is waited for that must come; a proxy that takes longer has not answered. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final long LOOK_NANOS = 2_000_000;

    private final InetSocketAddress control;
    private final TargetFacts facts;
    private final RandomGenerator random;
    private final Evidence evidence = new Evidence();
    /** A case that is given up is closed while it still runs. */
    private final Deque<AutoCloseable> open = new ConcurrentLinkedDeque<>();

    public Scene(InetSocketAddress control, TargetFacts facts, RandomGenerator random) {
        this.control = control;
        this.facts = facts;
        this.random = random;
    }

    /** The same in every run with the same seed. */
    public RandomGenerator random() {
        return random;
    }

    /** What the probe has found out about the proxy. */
    public TargetFacts facts() {
        return facts;
    }

    public InetSocketAddress control() {
        return control;
    }

    public Evidence evidence() {
        return evidence;
    }

    public void note(String text) {
        evidence.note(text);
    }

    /** A UDP port that nobody has. */
    public int freePort() {
        for (int i = 0; i < PORTS_TRIED; i++) {
            int port = random.nextInt(FIRST_PORT, LAST_PORT) & ~1;
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free UDP port among " + PORTS_TRIED);
    }

    static boolean isFree(int port) {
        return !BoundPorts.hasUdp(port);
    }

    /** @throws CaseFailure where a port is still taken when the session has long ended that had it */
    static void awaitFree(int port) throws CaseFailure {
        if (!soon(() -> isFree(port))) {
            throw new CaseFailure("UDP port " + port + " free when its session has ended", "it is still taken");
        }
    }

    /** Whether it comes true while one would wait for it. */
    public static boolean soon(BooleanSupplier condition) {
        return within(PATIENCE, condition);
    }

    /** Whether it comes true in that time. */
    public static boolean within(Duration patience, BooleanSupplier condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }

    /** A new camera's port at the proxy, a consumer of it, and pictures sent until the consumer has got one. */
    public Link link() throws IOException, CaseFailure {
        Link link = consumer(freePort());
        link.begin();
        return link;
    }

    /** A consumer of a port; nothing has been sent yet. */
    public Link consumer(int port) throws IOException, CaseFailure {
        return keep(Link.open(this, request(port)));
    }

    ConnectionRequest request(int port) {
        return ConnectionRequest.h264(port).withProxy(control).withTimeout(PATIENCE);
    }

    /** A camera with an SSRC of its own. */
    Camera camera(int port) throws IOException {
        return keep(new Camera(new InetSocketAddress(control.getAddress(), port), stream(), evidence));
    }

    /** A new session, by its numbers alone; nothing has been connected to its memif yet. */
    public RawSession rawSession(int port) throws IOException, CaseFailure {
        return keep(RawSession.create(wire(), port));
    }

    /** A stream with an SSRC of its own. */
    public RtpStream stream() {
        return stream(RtpStream.PAYLOAD_TYPE);
    }

    public RtpStream stream(int payloadType) {
        return new RtpStream(random, random.nextInt(), payloadType);
    }

    /** A stream of a known source. */
    public RtpStream stream(int ssrc, int payloadType) {
        return new RtpStream(random, ssrc, payloadType);
    }

    /** A connection to the control port, byte by byte. */
    public ControlWire wire() throws CaseFailure {
        return keep(ControlWire.connect(control, evidence));
    }

    public <T extends AutoCloseable> T keep(T opened) {
        open.push(opened);
        return opened;
    }

    /** In the reverse order of opening; a proxy that died has been told of by the case. */
    @Override
    public void close() {
        for (AutoCloseable last = open.poll(); last != null; last = open.poll()) {
            try {
                last.close();
            } catch (Exception e) {
                evidence.note("closing: " + e.getMessage());
            }
        }
    }
}
