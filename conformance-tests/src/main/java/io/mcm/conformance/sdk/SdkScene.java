package io.mcm.conformance.sdk;

import io.mcm.conformance.suite.CaseFailure;
import io.mcm.conformance.suite.CouldNotTest;
import io.mcm.conformance.suite.Evidence;
import io.mcm.conformance.suite.Scene;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;

/** A proxy by hand and a receiver that is told of it; both end with the case. */
final class SdkScene implements AutoCloseable {

    /** How long anything is waited for that must come. */
    static final Duration PATIENCE = Duration.ofSeconds(10);
    /** How long an SDK may wait for a proxy that does not answer: twice what ours does. */
    static final Duration GIVING_UP = Duration.ofSeconds(12);
    private static final Duration START = Duration.ofSeconds(30);
    private static final int LOOK_MILLIS = 100;
    /** The C SDK keeps four digits of a port. */
    private static final int FIRST_PORT = 5_000;
    private static final int LAST_PORT = 9_999;
    private static final int FIRST_LONG_PORT = 10_000;
    /** Where Linux begins to give ports to clients. */
    private static final int LAST_LONG_PORT = 32_767;
    private static final int PORTS_TRIED = 200;
    private static final int BACKLOG = 5;

    private final SdkCommand command;
    private final Scene scene;
    private final Path directory;
    private final int udpPort;
    private ServerSocket listener;
    private SdkProcess process;

    SdkScene(SdkCommand command, Scene scene) throws IOException {
        this.command = command;
        this.scene = scene;
        directory = Files.createTempDirectory("mcm-sdk");
        udpPort = scene.freePort();
        listener = listen(FIRST_PORT, LAST_PORT);
    }

    private ServerSocket listen(int first, int last) throws IOException {
        for (int i = 0; i < PORTS_TRIED; i++) {
            int port = scene.random().nextInt(first, last + 1);
            try {
                return new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
            } catch (BindException _) {
                // Somebody's.
            }
        }
        throw new IOException("no free TCP port among " + PORTS_TRIED);
    }

    Scene scene() {
        return scene;
    }

    Evidence evidence() {
        return scene.evidence();
    }

    int udpPort() {
        return udpPort;
    }

    /** What QUERY is answered where nothing else is wanted. */
    MemifOffer offer() {
        return MemifOffer.at(socket("memif.sock"));
    }

    /** A path that nobody has. */
    String socket(String name) {
        return directory.resolve(name).toString();
    }

    /** The control port has five digits. */
    SdkScene onLongPort() throws IOException {
        listener.close();
        listener = listen(FIRST_LONG_PORT, LAST_LONG_PORT);
        return this;
    }

    InetSocketAddress control() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    void start() throws CouldNotTest {
        scene.note("receiver at " + control() + ", UDP port " + udpPort);
        process = SdkProcess.start(command, control(), udpPort, out(), directory.resolve("log.txt"));
    }

    private Path out() {
        return directory.resolve("out.h264");
    }

    SdkProcess process() {
        return process;
    }

    /** For people: whether the receiver runs, and the last that it said. */
    String state() {
        return process.state() + ", and said: " + process.said();
    }

    /** The receiver is started and has connected. */
    ControlPeer connected() throws IOException, CaseFailure, CouldNotTest {
        start();
        return accept();
    }

    ControlPeer accept() throws IOException, CaseFailure {
        ControlPeer peer = acceptWithin(START);
        if (peer == null) {
            throw new CaseFailure("a connection to the control port " + control(), state());
        }
        return peer;
    }

    /** Null where the receiver ends, or does not connect in time. */
    ControlPeer acceptWithin(Duration patience) throws IOException {
        listener.setSoTimeout(LOOK_MILLIS);
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            boolean alive = process.isAlive();
            try {
                Socket socket = listener.accept();
                return scene.keep(new ControlPeer(socket, this));
            } catch (SocketTimeoutException _) {
                if (!alive) {
                    return null;
                }
            }
        }
        return null;
    }

    /** The whole way: a receiver, its session, its memif. */
    Feed feed(MemifOffer offer) throws IOException, CaseFailure, CouldNotTest {
        start();
        return serve(offer);
    }

    Feed feed() throws IOException, CaseFailure, CouldNotTest {
        return feed(offer());
    }

    /** The receiver runs already. */
    Feed serve(MemifOffer offer) throws IOException, CaseFailure {
        HandServer memif = HandServer.listen(this, offer);
        ControlPeer control = accept();
        int id = 1 + scene.random().nextInt(Integer.MAX_VALUE);
        control.grant(id, offer);
        return new Feed(this, control, id, memif, memif.connect());
    }

    /** As a proxy that is gone. */
    void stopListening() throws IOException {
        listener.close();
    }

    /** @throws CaseFailure where the receiver neither ends nor closes this connection */
    void expectGivenUp(ControlPeer control, String after) throws IOException, CaseFailure {
        if (!Scene.within(GIVING_UP, () -> !process.isAlive() || control.isEnded())) {
            throw new CaseFailure("an end of receiver or connection within " + GIVING_UP.toSeconds() + " s after " + after, state());
        }
        stopListening();
        terminate();
        expectOut();
    }

    /** SIGTERM, which must end it. */
    void terminate() throws CaseFailure {
        boolean runs = process.isAlive();
        process.terminate();
        awaitEnd(runs ? "SIGTERM" : "its end");
    }

    private void awaitEnd(String after) throws CaseFailure {
        try {
            if (!process.endsWithin(GIVING_UP)) {
                throw new CaseFailure("the receiver's end within " + GIVING_UP.toSeconds() + " s after " + after, state());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CaseFailure("an end", "interrupted");
        }
        process.expectNoCrash();
    }

    /** All that it has written; empty where it has not even made the file. */
    byte[] written() throws IOException {
        return Files.exists(out()) ? Files.readAllBytes(out()) : new byte[0];
    }

    /** @throws CaseFailure where the receiver, which has ended, did not write these and nothing else */
    void expectOut(byte[]... units) throws IOException, CaseFailure {
        byte[] expected = Feed.joined(units);
        byte[] got = written();
        int at = Arrays.mismatch(expected, got);
        if (at >= 0) {
            throw new CaseFailure("the " + units.length + " units that were delivered, " + expected.length + " bytes",
                got.length + " bytes, other from byte " + at + " on; " + state());
        }
    }

    @Override
    public void close() throws IOException {
        if (process != null) {
            process.close();
            scene.note("the receiver said: " + process.said());
        }
        listener.close();
        try (Stream<Path> left = Files.walk(directory)) {
            left.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
    }
}
