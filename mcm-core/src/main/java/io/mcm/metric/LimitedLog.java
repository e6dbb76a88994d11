package io.mcm.metric;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One kind of log line, at most once a second: what a peer or a packet can cause must not fill a disk. The lines held back are
 * counted and told with the next one.
 */
public final class LimitedLog {

    private static final long INTERVAL_NANOS = 1_000_000_000L;

    private final System.Logger logger;
    private final System.Logger.Level level;
    private final LongSupplier nanoClock;
    private final AtomicLong nextAt;
    private final AtomicLong heldBack = new AtomicLong();

    public LimitedLog(System.Logger logger, System.Logger.Level level) {
        this(logger, level, System::nanoTime);
    }

    LimitedLog(System.Logger logger, System.Logger.Level level, LongSupplier nanoClock) {
        this.logger = logger;
        this.level = level;
        this.nanoClock = nanoClock;
        this.nextAt = new AtomicLong(nanoClock.getAsLong());
    }

    public void log(Supplier<String> message) {
        long now = nanoClock.getAsLong();
        long due = nextAt.get();
        if (now - due < 0 || !nextAt.compareAndSet(due, now + INTERVAL_NANOS)) {
            heldBack.incrementAndGet();
            return;
        }
        long before = heldBack.getAndSet(0);
        logger.log(level, () -> before == 0 ? message.get() : message.get() + " (and " + before + " more since)");
    }
}
