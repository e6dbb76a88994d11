package io.mcm.sdk;

import io.mcm.control.ConnectionParam;
import io.mcm.control.ControlServer;
import io.mcm.control.MemifParam;
import io.mcm.control.SessionService;
import io.mcm.control.UnitMetadata;
import io.mcm.foreign.Reactor;
import io.mcm.memif.ConnectionListener;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifInterface;
import io.mcm.memif.MemifServer;
import io.mcm.memif.TxQueue;
import io.mcm.memif.builtin.BuiltinEngine;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A proxy that answers and delivers what a test says, right or wrong. */
final class FakeProxy implements AutoCloseable, SessionService, ConnectionListener {

    private final String path = "@mcm-fake-" + UUID.randomUUID();
    private final Function<MemifParam, MemifParam> answer;
    private final Reactor reactor = new Reactor();
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final AtomicInteger sessions = new AtomicInteger();
    private volatile CompletableFuture<MemifInterface> consumer = new CompletableFuture<>();
    private final CompletableFuture<Boolean> mappedAtDestroy = new CompletableFuture<>();
    private final ControlServer control;
    private final CompletableFuture<Void> ended;
    private volatile boolean running = true;

    private FakeProxy(int controlPort, String application, Function<MemifParam, MemifParam> answer) throws IOException {
        this.answer = answer;
        control = ControlServer.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), controlPort), this);
        MemifServer server = new BuiltinEngine().listen(reactor, path, application);
        server.offer(MemifConfig.of(0, "fake", 1, 1), this);
        ended = CompletableFuture.runAsync(() -> run(server), Thread.ofPlatform()::start);
    }

    /** @param answer makes the answer to QUERY_MEMIF_PARAM of a good one: 2^3 slots of 4096 bytes */
    static FakeProxy answering(Function<MemifParam, MemifParam> answer) throws IOException {
        return new FakeProxy(0, MemifConfig.DEFAULT_APPLICATION, answer);
    }

    /** One that knows unit metadata. */
    static FakeProxy announcing() throws IOException {
        return new FakeProxy(0, UnitMetadata.announce(MemifConfig.DEFAULT_APPLICATION), param -> param);
    }

    static FakeProxy good() throws IOException {
        return answering(param -> param);
    }

    /** The one that comes after one that has gone. */
    static FakeProxy goodAt(int controlPort) throws IOException {
        return new FakeProxy(controlPort, MemifConfig.DEFAULT_APPLICATION, param -> param);
    }

    private void run(MemifServer server) {
        while (running) {
            reactor.poll(-1);
            for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
                command.run();
            }
        }
        server.close();
        reactor.close();
    }

    ConnectionRequest request() {
        return ConnectionRequest.h264(5004).withProxy(control.address());
    }

    /** Writes one buffer as it is, and says in the descriptor that it has {@code length} bytes. */
    void deliver(byte[] bytes, int length) {
        MemifInterface memif = consumer.join();
        commands.add(() -> {
            TxQueue tx = memif.tx(0);
            // The server is connected a moment before the client has offered its buffers.
            for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10); !tx.claim(); Thread.onSpinWait()) {
                if (System.nanoTime() - end > 0) {
                    throw new AssertionError("ring full");
                }
            }
            MemorySegment.copy(MemorySegment.ofArray(bytes), 0, tx.segment(), tx.offset(), bytes.length);
            tx.commit(length);
            memif.flush();
        });
        reactor.wake();
    }

    int controlPort() {
        return control.address().getPort();
    }

    /** Sessions that it was asked for so far. */
    int sessions() {
        return sessions.get();
    }

    /** Disconnects the memif; the session goes on. */
    void dropMemif() {
        MemifInterface memif = consumer.join();
        commands.add(() -> memif.disconnect("dropped"));
        reactor.wake();
    }

    @Override
    public int create(ConnectionParam param) {
        return sessions.incrementAndGet();
    }

    @Override
    public MemifParam query(int sessionId) {
        return answer.apply(MemifParam.forClient(path, "fake", 4096, 3, 0));
    }

    /** Answers only when it has looked: a client that has its answer may unmap. */
    @Override
    public void destroy(int sessionId) {
        CompletableFuture<MemifInterface> connected = consumer;
        commands.add(() -> mappedAtDestroy.complete(connected.isDone() && connected.join().checkPeer()));
        reactor.wake();
        mappedAtDestroy.join();
    }

    /** Whether the consumer still had its memif when the first session was destroyed; waits for that. */
    boolean wasMappedAtDestroy() {
        return mappedAtDestroy.join();
    }

    @Override
    public void connected(MemifInterface memif) {
        consumer.complete(memif);
    }

    @Override
    public void disconnected(MemifInterface memif, String reason) {
        consumer = new CompletableFuture<>();
    }

    @Override
    public void close() {
        control.close();
        running = false;
        reactor.wake();
        ended.join();
        mappedAtDestroy.complete(false);
    }
}
