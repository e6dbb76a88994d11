package io.mcm.proxy.pull;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Receiver reports on their way from the worker, which must not wait, into a connection, which may. */
public final class Outbox {

    /** One is sent each five seconds or so: who does not take four has no use for a fifth. */
    private static final int CAPACITY = 4;

    private static final byte[] NOTHING = {};

    private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(CAPACITY);

    /** False where too many wait. */
    public boolean offer(MemorySegment bytes, int length) {
        return waiting.offer(bytes.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
    }

    /** Makes {@link #take} return soon. */
    void wake() {
        waiting.offer(NOTHING);
    }

    /** The next one, without bytes where there is none to send; null where none came in time. */
    byte[] take(Duration longest) throws InterruptedException {
        return waiting.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
    }
}
