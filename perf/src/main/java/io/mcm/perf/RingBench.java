package io.mcm.perf;

import io.mcm.foreign.Reactor;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifInterface;
import io.mcm.memif.RxQueue;
import io.mcm.memif.TxQueue;
import io.mcm.memif.builtin.BuiltinEngine;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A memif between two polling threads of one process: nanoseconds a packet in bursts, and a round trip of one packet. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class RingBench {

    static final int BURST = 64;
    private static final int LOG2_RING_SIZE = 10;
    private static final int BUFFER_LENGTH = 2048;
    private static final long HANDSHAKE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** The end of each fork's memif is no news between a gate's lines. Held, for a logger that nobody holds forgets its level. */
    private static final Logger LOG = Logger.getLogger("io.mcm");

    @Param({"64", "1500"})
    int length = 64;

    private final MemorySegment packet = Arena.ofAuto().allocate(BUFFER_LENGTH);
    private final MemorySegment received = Arena.ofAuto().allocate(BUFFER_LENGTH);
    private final Spin spin = new Spin();
    private Reactor reactor;
    private EchoServer server;
    private MemifInterface memif;
    private TxQueue tx;
    private RxQueue rx;

    @Setup
    public void connect() throws InterruptedException {
        LOG.setLevel(Level.WARNING);
        String path = "@mcm-perf-" + ProcessHandle.current().pid();
        MemifConfig config = MemifConfig.of(0, "perf", LOG2_RING_SIZE, BUFFER_LENGTH).withPolling(true);
        server = new EchoServer(path, config);
        reactor = new Reactor();
        memif = new BuiltinEngine().connect(reactor, path, config, HANDSHAKE_NANOS, System::nanoTime);
        tx = memif.tx(0);
        rx = memif.rx(0);
        rx.poll(true);
    }

    @TearDown
    public void disconnect() {
        server.close();
        memif.close();
        reactor.close();
        LOG.setLevel(null);
    }

    @Benchmark
    @OperationsPerInvocation(BURST)
    public int burst() {
        packet.set(ValueLayout.JAVA_BYTE, 0, (byte) 0);
        for (int i = 0; i < BURST; i++) {
            write();
        }
        return tx.publish();
    }

    @Benchmark
    public int roundTrip() {
        packet.set(ValueLayout.JAVA_BYTE, 0, EchoServer.ECHO);
        write();
        tx.publish();
        while (!rx.next()) {
            spin.turn();
        }
        spin.found();
        int back = rx.length();
        MemorySegment.copy(rx.segment(), rx.offset(), received, 0, back);
        rx.release(rx.ticket());
        return back;
    }

    /** The baseline of both: the same bytes copied in and out, and nobody told. */
    @Benchmark
    public MemorySegment copy() {
        MemorySegment.copy(packet, 0, received, 0, length);
        MemorySegment.copy(received, 0, packet, 0, length);
        return received;
    }

    private void write() {
        while (!tx.claim()) {
            tx.publish(); // or the far end never frees any
            spin.turn();
        }
        spin.found();
        MemorySegment.copy(packet, 0, tx.segment(), tx.offset(), length);
        tx.commit(length);
    }
}
