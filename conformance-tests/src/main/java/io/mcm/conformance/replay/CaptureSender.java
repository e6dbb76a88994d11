package io.mcm.conformance.replay;

import io.mcm.camera.pace.DeadlineWait;
import io.mcm.camera.pace.Idle;
import io.mcm.conformance.replay.Reference.TimedPacket;
import io.mcm.conformance.suite.CouldNotTest;
import io.mcm.conformance.suite.Link;
import io.mcm.control.DeliveryUnit;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Sends a capture in its own time, on a thread of its own. A proxy drops what its ring has no place for, and is right: so where the
 * consumer, which a busy machine lets run seldom, is behind by more than a ring takes, the camera waits for it.
 */
final class CaptureSender implements AutoCloseable {

    /** An eighth of what our rings have (SessionConfig.DEFAULT_LOG2_RING_SIZE), a thirty-second of MCM 24.09's. */
    private static final int BUFFERS_BEHIND = 8;
    /** Then it goes on: what has not come by now does not come. */
    private static final long LONGEST_WAIT_MILLIS = 200;

    private final CapturedPackets packets;
    private final Link link;
    private final boolean wholeAccessUnits;
    private final Framed sent;
    private final Semaphore free = new Semaphore(BUFFERS_BEHIND);
    private final DeadlineWait wait = new DeadlineWait(System::nanoTime, Idle.SYSTEM);
    private final Thread thread = Thread.ofPlatform().name("camera").daemon().unstarted(this::send);
    private long began;
    private volatile Exception trouble;

    /** @param after a packet behind the capture; @param unit what the proxy puts into a buffer */
    CaptureSender(CapturedPackets packets, byte[] after, Link link, DeliveryUnit unit) {
        this.packets = packets;
        this.link = link;
        wholeAccessUnits = unit == DeliveryUnit.ACCESS_UNIT;
        sent = new Framed(null, packets, after);
    }

    void start() {
        thread.start();
    }

    /** The consumer has got one buffer. */
    void taken() {
        free.release();
    }

    boolean isOver() {
        return !thread.isAlive();
    }

    /** @throws CouldNotTest if it ended before its time */
    void check() throws CouldNotTest {
        if (trouble != null) {
            throw new CouldNotTest("the capture could not be sent: " + trouble.getMessage());
        }
    }

    /** The reference tells, packet by packet, which buffers are due. */
    private void send() {
        try {
            Reference due = new Reference(this::sendNext, 0);
            began = System.nanoTime();
            long accessUnit = 0;
            for (ReferenceUnit unit = due.next(); unit != null; unit = due.next()) {
                if (!wholeAccessUnits || unit.accessUnit() != accessUnit) {
                    waitForConsumer();
                }
                accessUnit = unit.accessUnit();
            }
        } catch (IOException | RuntimeException e) {
            trouble = e;
        } catch (InterruptedException _) {
            // Nobody wants the rest.
        }
    }

    private TimedPacket sendNext() throws IOException {
        TimedPacket packet = Thread.currentThread().isInterrupted() ? null : sent.next();
        if (packet != null) {
            wait.until(began + packet.nanos());
            link.sendUnkept(packet.bytes());
        }
        return packet;
    }

    /** What follows is as much later. */
    private void waitForConsumer() throws InterruptedException {
        if (!free.tryAcquire()) {
            long from = System.nanoTime();
            free.tryAcquire(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
            began += System.nanoTime() - from;
        }
    }

    @Override
    public void close() throws IOException {
        wait.stop();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        packets.close();
    }
}
