package io.mcm.perf.calibration;

import io.mcm.foreign.EventFd;
import io.mcm.foreign.Reactor;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** From signalling an eventfd until the thread that slept on it in epoll runs: what each hand-over to a sleeping thread takes. */
final class WakeUpTime {

    private static final int SIGNALS = 300;
    private static final int WARM_UPS = 100;
    /** Long enough for the other thread to be asleep again, and its core perhaps too. */
    private static final long PAUSE_NANOS = 1_000_000;
    private static final long LOOK_NANOS = 100_000_000;
    private static final int DIGITS = 3;

    private final EventFd signal = EventFd.create();
    private final Histogram histogram = new Histogram(DIGITS);
    private volatile long signalled;
    private volatile int woken;

    private WakeUpTime() {}

    /** Nanoseconds. */
    static Histogram measure() throws InterruptedException {
        WakeUpTime wakeUp = new WakeUpTime();
        Thread sleeper = Thread.ofPlatform().daemon().name("sleeper").start(wakeUp::sleep);
        for (int i = 0; i < WARM_UPS + SIGNALS; i++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            wakeUp.wake(i);
        }
        sleeper.join();
        wakeUp.signal.close();
        return wakeUp.histogram;
    }

    private void wake(int round) {
        signalled = System.nanoTime();
        signal.signal();
        while (woken <= round) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void sleep() {
        try (Reactor reactor = new Reactor()) {
            reactor.add(signal.fd(), this::woke);
            while (woken < WARM_UPS + SIGNALS) {
                reactor.poll(LOOK_NANOS);
            }
            reactor.remove(signal.fd());
        }
    }

    private void woke() {
        long taken = System.nanoTime() - signalled;
        signal.drain();
        if (woken >= WARM_UPS) {
            histogram.recordValue(taken);
        }
        int before = woken;
        woken = before + 1;
    }
}
