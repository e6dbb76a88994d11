package io.mcm.perf.memif;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.mcm.foreign.Reactor;
import io.mcm.memif.ConnectionListener;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifEngine;
import io.mcm.memif.MemifInterface;
import io.mcm.memif.MemifServer;
import io.mcm.memif.RxQueue;
import io.mcm.memif.TxQueue;
import io.mcm.memif.builtin.BuiltinEngine;
import io.mcm.memif.libmemif.LibmemifEngine;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.HdrHistogram.Histogram;

/**
 * The Java side of the comparison, a process of its own: does over a memif engine what libmemif_peer.c does over libmemif, cell by
 * cell as standard input says.
 */
public final class RingPeer {

    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int BEFORE_YIELD = 1_000;
    private static final int BETWEEN_CONTROL_LOOKS = 4_096;
    private static final int MAX_SIZE = 1 << 20;
    /** In a message: behind its sequence number. */
    private static final long TIME_OFFSET = 8;
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    /** Of a cell's time, before anything is counted. */
    private static final double WARM_UP = 0.3;

    /** The comparison reads it line by line. */
    private final PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true);
    private final MemifEngine engine;
    private final MemorySegment source = Arena.global().allocate(MAX_SIZE, 64);
    private final Histogram roundTrips = new Histogram(TimeUnit.SECONDS.toNanos(10), 3);

    private Reactor reactor;
    private MemifInterface memif;
    private TxQueue tx;
    private RxQueue rx;
    private int size;
    private int burst;
    private boolean polling;
    private long millis;
    private long messages;
    private long expected;
    private long gaps;
    private long begin;
    private long first;
    private long last;
    private long counted;
    private int idleTurns;

    private RingPeer(MemifEngine engine) {
        this.engine = engine;
    }

    /** Of a process of the builtin engine. */
    public static List<String> command() {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseZGC", "-cp", System.getProperty("java.class.path"), RingPeer.class.getName());
    }

    /** @param args nothing for the builtin engine, else the file of the libmemif to bind */
    public static void main(String[] args) {
        Logger.getLogger("io.mcm").setLevel(Level.WARNING);
        RingPeer peer = new RingPeer(args.length == 0 ? new BuiltinEngine() : LibmemifEngine.load(args[0]));
        try (Scanner lines = new Scanner(System.in)) {
            while (lines.hasNextLine()) {
                peer.run(lines.nextLine().split(" "));
            }
        }
    }

    private void run(String[] words) {
        size = Integer.parseInt(words[3]);
        burst = Integer.parseInt(words[4]);
        polling = words[7].equals("poll");
        millis = Long.parseLong(words[8]);
        messages = expected = gaps = begin = first = last = counted = 0;
        roundTrips.reset();
        MemifConfig config = MemifConfig.of(0, "perf", Integer.parseInt(words[5]), Integer.parseInt(words[6])).withPolling(polling);
        reactor = new Reactor();
        try (Reactor _ = reactor; MemifServer _ = connect(words[0].equals("server"), words[2], config)) {
            measure(words[1]);
            memif.close();
        }
        answers.println(new Result(counted, last - first, percentile(50), percentile(99), percentile(99.9), gaps).line());
    }

    private long percentile(double percent) {
        return roundTrips.getTotalCount() == 0 ? 0 : roundTrips.getValueAtPercentile(percent);
    }

    /** Null for a client. */
    private MemifServer connect(boolean asServer, String path, MemifConfig config) {
        memif = null;
        MemifServer server = asServer ? engine.listen(reactor, path) : null;
        if (asServer) {
            server.offer(config, new Connected());
            answers.println("ready");
            while (memif == null) {
                reactor.poll(TICK_NANOS);
            }
        } else {
            memif = engine.connect(reactor, path, config, WAIT_NANOS, System::nanoTime);
        }
        tx = memif.tx(0);
        rx = memif.rx(0);
        if (!polling) {
            reactor.add(rx.interrupt().fd(), rx.interrupt()::drain);
        }
        return server;
    }

    private void measure(String mode) {
        switch (mode) {
            case "send" -> send();
            case "receive" -> receive();
            case "echo" -> echo();
            case "ping" -> ping();
            case "pace" -> pace();
            case "time" -> time();
            default -> throw new IllegalArgumentException("mode " + mode + ", allowed are send, receive, echo, ping, pace, time");
        }
    }

    private void send() {
        for (int loops = 1; memif.isConnected(); loops++) {
            if (put(burst) != 0) {
                idleTurns = 0;
            } else {
                idle();
            }
            if (loops % BETWEEN_CONTROL_LOOKS == 0) {
                reactor.poll(0);
            }
        }
    }

    private void receive() {
        long warm = (long) (millis * 1e6 * WARM_UP);
        long end = TimeUnit.MILLISECONDS.toNanos(millis);
        while (memif.isConnected()) {
            int taken = take();
            if (taken == 0) {
                await();
                continue;
            }
            idleTurns = 0;
            long now = System.nanoTime();
            begin = begin == 0 ? now : begin;
            if (now - begin >= warm) {
                first = first == 0 ? now : first;
                counted += now == first ? 0 : taken;
                last = now;
            }
            if (now - begin > end) {
                return;
            }
        }
    }

    private void echo() {
        while (memif.isConnected()) {
            if (take() != 0) {
                put(1);
                idleTurns = 0;
            } else {
                await();
            }
        }
    }

    private void ping() {
        long start = System.nanoTime();
        long warm = start + (long) (millis * 1e6 * WARM_UP);
        long end = start + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long now = start; now < end && memif.isConnected(); ) {
            long sent = System.nanoTime();
            put(1);
            while (take() == 0 && memif.isConnected()) {
                await();
            }
            idleTurns = 0;
            now = System.nanoTime();
            if (now > warm) {
                roundTrips.recordValue(now - sent);
                counted++;
            }
        }
    }

    /** A message every two milliseconds, which tells when it began to be copied: in nanoseconds of a clock that all processes share. */
    private void pace() {
        for (long due = System.nanoTime(); memif.isConnected(); due += PACE_NANOS) {
            LockSupport.parkNanos(due - System.nanoTime());
            source.set(JAVA_LONG_UNALIGNED, TIME_OFFSET, System.nanoTime());
            put(1);
            reactor.poll(0);
        }
    }

    /** What {@link #pace} sent; the time is looked at when the message is there to be read. */
    private void time() {
        long warm = System.nanoTime() + (long) (millis * 1e6 * WARM_UP);
        long end = warm + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < end && memif.isConnected()) {
            while (rx.next()) {
                long taken = System.nanoTime();
                if (taken > warm) {
                    roundTrips.recordValue(taken - rx.segment().get(JAVA_LONG_UNALIGNED, rx.offset() + TIME_OFFSET));
                }
                rx.release(rx.ticket());
            }
            await();
        }
    }

    private int put(int count) {
        int n = 0;
        while (n < count && tx.claim()) {
            MemorySegment.copy(source, 0, tx.segment(), tx.offset(), size);
            tx.segment().set(JAVA_LONG_UNALIGNED, tx.offset(), messages++);
            tx.commit(size);
            n++;
        }
        tx.publish();
        return n;
    }

    private int take() {
        int n = 0;
        while (n < 64 && rx.next()) {
            long sequence = rx.segment().get(JAVA_LONG_UNALIGNED, rx.offset());
            gaps += sequence == expected ? 0 : 1;
            expected = sequence + 1;
            rx.release(rx.ticket());
            n++;
        }
        return n;
    }

    /** Sleeps on the eventfd, or keeps looking. */
    private void await() {
        if (polling) {
            idle();
        } else {
            rx.flush();
            reactor.poll(TICK_NANOS);
        }
    }

    private void idle() {
        if (++idleTurns % 64 == 0) {
            reactor.poll(0);
        }
        if (idleTurns > BEFORE_YIELD) {
            Thread.yield();
        } else {
            Thread.onSpinWait();
        }
    }

    private final class Connected implements ConnectionListener {

        @Override
        public void connected(MemifInterface connected) {
            memif = connected;
        }

        @Override
        public void disconnected(MemifInterface disconnected, String reason) {
            // measure() sees it.
        }
    }
}
