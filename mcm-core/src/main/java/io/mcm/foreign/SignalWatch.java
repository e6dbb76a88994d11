package io.mcm.foreign;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Sees to it that no thread waits for long in {@link EventFd#signal}, however hostile the peer that shares the eventfd. A signal that is under
 * way at two looks in a row, on a counter that is full, is stuck. An honest peer costs two stores a signal; a write that cannot wait at all (IOCB_FLAG_RESFD of
 * io_submit(2)) would cost 700 ns more each.
 */
final class SignalWatch {

    /** A signal takes 0.2 to 0.8 us. Whoever makes us wait, does so for two intervals at most, and is disconnected then. */
    static final long INTERVAL_NANOS = 20_000_000;

    private static final int NONE = 0;
    private static final SignalWatch SHARED = new SignalWatch();

    /** Each with the turn that it was seen in. */
    private final Map<EventFd, Integer> seen = new ConcurrentHashMap<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("mcm-signal-watch").unstarted(this::run);

    private SignalWatch() {
        thread.start();
    }

    static void add(EventFd event) {
        SHARED.seen.put(event, NONE);
        LockSupport.unpark(SHARED.thread);
    }

    static void remove(EventFd event) {
        SHARED.seen.remove(event);
    }

    static int watched() {
        return SHARED.seen.size();
    }

    private void run() {
        while (true) {
            if (seen.isEmpty()) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, INTERVAL_NANOS);
            }
            look();
        }
    }

    private void look() {
        seen.forEach((event, before) -> {
            int now = event.turn();
            if (now == before && now % 2 != 0) {
                event.free(now);
            }
            seen.replace(event, before, now);
        });
    }
}
