package io.mcm.memif;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.mcm.foreign.Reactor;
import java.lang.foreign.MemorySegment;

/** One side of traffic in both directions: sends packets 0, 1, 2, ... and checks every byte of the peer's. Fails with an AssertionError. */
final class Exchange {

    /** From one packet to the next: how long all of them take is the machine's load. */
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    /** Nobody signals that a ring has room again. */
    private static final long ROOM_NANOS = 1_000_000;
    /** Sent before it looks at what has come. */
    private static final int BURST = 64;
    private static final int PERIOD = 256;

    private final ExchangeCase traffic;
    private final MemifInterface memif;
    private final TxQueue tx;
    private final RxQueue rx;
    private final Reactor reactor;
    private final boolean polling;
    /** Any packet is a piece of it. */
    private final MemorySegment pattern;
    private int sent;
    private int received;

    private Exchange(ExchangeCase traffic, MemifInterface memif, Reactor reactor, boolean polling) {
        this.traffic = traffic;
        this.memif = memif;
        this.tx = memif.tx(0);
        this.rx = memif.rx(0);
        this.reactor = reactor;
        this.polling = polling;
        byte[] bytes = new byte[traffic.bufferLength() + PERIOD];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + i / PERIOD);
        }
        pattern = MemorySegment.ofArray(bytes);
    }

    /** Returns when all packets have come and the peer has taken all of ours. */
    static void run(ExchangeCase traffic, MemifInterface memif, Reactor reactor, boolean polling) {
        Exchange exchange = new Exchange(traffic, memif, reactor, polling);
        if (!polling) {
            reactor.add(exchange.rx.interrupt().fd(), exchange.rx.interrupt()::drain);
        }
        exchange.run();
    }

    private void run() {
        long last = System.nanoTime();
        while (!isDone()) {
            int work = send() + receive();
            check(memif.flush() || isAllReceived(), "peer lost: " + memif.disconnectReason());
            long now = System.nanoTime();
            last = work != 0 ? now : last;
            check(now - last < PATIENCE_NANOS, "nothing more in time");
            idle(work);
        }
    }

    private boolean isAllReceived() {
        return received == traffic.packets() && sent == traffic.packets();
    }

    /** A peer that leaves has all that it waited for. */
    private boolean isDone() {
        return isAllReceived() && (!memif.isConnected() || tx.free() == tx.size());
    }

    private int send() {
        int burst = 0;
        while (burst < BURST && sent < traffic.packets() && tx.claim()) {
            int length = traffic.length(sent);
            MemorySegment.copy(pattern, sent % PERIOD, tx.segment(), tx.offset(), length);
            tx.commit(length);
            sent++;
            burst++;
        }
        return burst;
    }

    private int receive() {
        int burst = 0;
        for (; memif.isConnected() && rx.next(); burst++) {
            int length = traffic.length(received);
            check(rx.length() == length, "packet of " + rx.length() + " bytes, expected " + length);
            int from = received % PERIOD;
            long difference = MemorySegment.mismatch(
                rx.segment(), rx.offset(), rx.offset() + length, pattern, from, (long) from + length);
            check(difference < 0, "byte " + difference + " is wrong");
            rx.release(rx.ticket());
            received++;
        }
        return burst;
    }

    /** Sleeps where only the peer can bring work: to be woken is part of what is tested. */
    private void idle(int work) {
        if (work != 0) {
            return;
        }
        if (polling) {
            // Two that spin on one core would each wait for the other's time slice.
            Thread.yield();
            reactor.poll(0);
            return;
        }
        boolean waits = received < traffic.packets() && sent == traffic.packets();
        boolean woken = reactor.poll(waits ? PATIENCE_NANOS : ROOM_NANOS) > 0;
        check(woken || !waits, "never woken");
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError("%s after %d of %d sent and %d received: %s".formatted(
                traffic, sent, traffic.packets(), received, otherwise));
        }
    }
}
