package io.mcm.camera.rtsp;

import static java.lang.System.Logger.Level.WARNING;

import io.mcm.camera.TimedPacketSink;
import io.mcm.camera.pace.Clock;
import io.mcm.camera.pace.Idle;
import io.mcm.camera.pace.Pacer;
import io.mcm.camera.pace.PacketTrace;
import io.mcm.camera.source.CameraSource;
import io.mcm.foreign.TimerSlack;
import io.mcm.metric.LimitedLog;
import io.mcm.rtp.RtpPacket;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One client's play of a source, in a thread of its own: the pacer spins before each deadline, which would hold a carrier of virtual threads. A pause
 * holds the next packet back; when the play goes on, that packet is due at once, and sequence numbers and timestamps go on without a gap (RFC 2326
 * appendix B).
 */
final class Player implements TimedPacketSink {

    private static final LimitedLog FAILURES = new LimitedLog(System.getLogger(Player.class.getName()), WARNING);
    /** Opening a long capture takes longest; a player waits about ten seconds for an answer. */
    private static final long FIRST_PACKET_NANOS = Duration.ofSeconds(5).toNanos();
    /** More than a player's scheduler needs, less than anybody notices. */
    private static final long GOODBYE_GAP_NANOS = Duration.ofMillis(100).toNanos();
    private static final Duration END_PATIENCE = Duration.ofSeconds(1);

    private final ServedStream stream;
    private final MediaOut out;
    private final RtspCounts counts;
    private final Runnable whenEnded;
    private final SenderReports reports;
    private final RtpPacket view = new RtpPacket();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private Pacer pacer;
    private long base;
    private Position held;
    private volatile boolean open;
    private volatile boolean stopped;
    private boolean ended;

    /**
     * Where a play goes on.
     *
     * @param npt nanoseconds since the source's beginning, at normal speed
     */
    record Position(int sequence, int timestamp, long npt) {}

    /** @param whenEnded called where the source ends, or nobody takes its packets, but not after {@link #stop} */
    Player(ServedStream stream, MediaOut out, RtspCounts counts, Runnable whenEnded) {
        this.stream = stream;
        this.out = out;
        this.counts = counts;
        this.whenEnded = whenEnded;
        reports = new SenderReports(out, InstantSource.system());
        thread = Thread.ofPlatform().daemon().name("rtsp-player").unstarted(this::run);
    }

    private void run() {
        // Of this thread, which waits for the packets' moments.
        TimerSlack.set(1);
        try (CameraSource source = stream.sources().open()) {
            TimedPacketSink first = stream.stages().apply(this);
            source.play(first);
            first.end();
        } catch (IOException | RuntimeException e) {
            counts.increment(RtspCounter.SOURCES_FAILED);
            FAILURES.log(() -> "a play ended: " + e.getMessage());
        }
        boolean told = stopped;
        if (!told) {
            // ffmpeg ends with the BYE, which has a socket of its own and may overtake the last packets.
            Idle.SYSTEM.park(GOODBYE_GAP_NANOS);
        }
        reports.leave();
        tellEnded();
        if (!told) {
            whenEnded.run();
        }
    }

    private void tellEnded() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void packet(int channel, MemorySegment segment, long offset, int length, long dueNanos) {
        // Other streams of a capture are not described, and its RTCP tells another time.
        if (channel != MediaOut.RTP || view.wrap(segment, offset, length) != RtpPacket.Validity.VALID) {
            return;
        }
        if (!open) {
            // What was due before the pause goes before it.
            end();
            hold(new Position(view.sequence(), view.timestamp(), dueNanos));
        }
        if (!isStopped()) {
            pacer.packet(channel, segment, offset, length, dueNanos - base);
        }
    }

    /** Sends what the pacer holds. */
    @Override
    public void end() {
        if (pacer != null) {
            pacer.end();
        }
    }

    /** Until the play goes on. */
    private void hold(Position next) {
        lock.lock();
        try {
            held = next;
            changed.signalAll();
            while (!open && !stopped) {
                changed.awaitUninterruptibly();
            }
            held = null;
            base = next.npt;
            pacer = new Pacer(stream.speed(), Clock.SYSTEM, Idle.SYSTEM, this::send, PacketTrace.NONE);
        } finally {
            lock.unlock();
        }
    }

    private void send(int channel, MemorySegment segment, long offset, int length) {
        out.send(channel, segment, offset, length);
        counts.increment(RtspCounter.PACKETS_SENT);
        if (reports.sent(segment, offset, length, Clock.SYSTEM.nanoTime())) {
            counts.increment(RtspCounter.SENDER_REPORTS);
        }
    }

    @Override
    public boolean isStopped() {
        return stopped || out.isBroken();
    }

    /**
     * Waits for the packet that the play goes on with; it is held until {@link #resume}.
     *
     * @return empty where none is left
     */
    Optional<Position> position() {
        lock.lock();
        try {
            if (thread.getState() == Thread.State.NEW) {
                thread.start();
            }
            long left = FIRST_PACKET_NANOS;
            while (held == null && !ended && left > 0) {
                left = changed.awaitNanos(left);
            }
            return Optional.ofNullable(held);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    void resume() {
        set(() -> open = true);
    }

    /** The packet that is due next may still go. */
    void pause() {
        set(() -> open = false);
    }

    private void set(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the play with a BYE, and waits a moment for it. Not on the play's own thread. */
    void stop() {
        set(() -> {
            stopped = true;
            if (pacer != null) {
                pacer.stop();
            }
        });
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        LockSupport.unpark(thread);
        try {
            thread.join(END_PATIENCE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
