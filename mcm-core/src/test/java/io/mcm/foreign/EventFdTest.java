package io.mcm.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class EventFdTest {

    private static final long FULL = -2L;

    private static long write(int fd, long value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment counter = arena.allocate(ValueLayout.JAVA_LONG);
            counter.set(ValueLayout.JAVA_LONG, 0, value);
            return Libc.write(fd, counter, Long.BYTES);
        }
    }

    private static long read(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment counter = arena.allocate(ValueLayout.JAVA_LONG);
            long result = Libc.read(fd, counter, Long.BYTES);
            return result < 0 ? result : counter.get(ValueLayout.JAVA_LONG, 0);
        }
    }

    @Test
    void eachSignalCountsOneAndADrainTakesAll() {
        try (EventFd event = EventFd.create()) {
            event.signal();
            event.signal();
            assertThat(read(event.fd())).isEqualTo(2);
            event.signal();
            event.drain();
            assertThat(read(event.fd())).isEqualTo(-Errno.EAGAIN);
        }
    }

    @Test
    void drainingNothingDoesNotWait() {
        try (EventFd event = EventFd.create()) {
            event.drain();
            assertThat(read(event.fd())).isEqualTo(-Errno.EAGAIN);
        }
    }

    @Test
    void signallingAFullCounterDoesNotWait() {
        try (EventFd event = EventFd.create()) {
            assertThat(write(event.fd(), FULL)).isEqualTo(Long.BYTES);
            event.signal();
            assertThat(read(event.fd())).isEqualTo(FULL);
        }
    }

    @Test
    void anAdoptedBlockingEventFdBecomesNonBlocking() {
        int blocking = (int) Libc.eventfd(0, 0);
        try (EventFd event = EventFd.adopt(blocking)) {
            event.drain();
            assertThat(write(event.fd(), FULL)).isEqualTo(Long.BYTES);
            event.signal();
        }
    }

    @Test
    void drainingWhatAPeerMadeBlockingDoesNotWait() {
        try (EventFd event = EventFd.createShared()) {
            UnfitDescriptors.makeBlocking(event.fd());
            event.drain();
            event.signal();
            event.drain();
            event.drain();
        }
    }

    @Test
    void aSignalThatAPeerMakesWaitEndsSoonAndIsTold() {
        try (EventFd event = EventFd.createShared()) {
            assertThat(event.signal()).isTrue();
            event.drain();
            UnfitDescriptors.makeBlocking(event.fd());
            UnfitDescriptors.fill(event.fd());
            long start = System.nanoTime();
            assertThat(event.signal()).isFalse();
            assertThat(System.nanoTime() - start).isBetween(SignalWatch.INTERVAL_NANOS / 2, 1_000 * SignalWatch.INTERVAL_NANOS);
            assertThat(event.signal()).as("for good").isFalse();
        }
    }

    /** It waits for room in the counter as we do, and fills it again wherever it is the first. */
    @Test
    void aPeerThatFillsTheCounterAgainDoesNotWinForLong() throws InterruptedException {
        try (EventFd event = EventFd.createShared()) {
            UnfitDescriptors.makeBlocking(event.fd());
            UnfitDescriptors.fill(event.fd());
            Thread peer = Thread.ofPlatform().start(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    UnfitDescriptors.makeBlocking(event.fd());
                    write(event.fd(), FULL);
                }
            });
            long start = System.nanoTime();
            assertThat(event.signal()).isFalse();
            assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
            peer.interrupt();
            while (peer.isAlive()) {
                event.drain();
            }
        }
    }

    /** The signalling thread may lose its processor for longer than the watch's interval. */
    @Test
    void aSignalThatOnlyTakesLongIsNotHeldAgainstThePeer() {
        try (EventFd event = EventFd.createShared()) {
            event.signal();
            event.free(event.turn());
            assertThat(event.signal()).isTrue();
            assertThat(read(event.fd())).as("the signals are still there").isEqualTo(2);
        }
    }

    @Test
    void onlySharedOnesCostTheWatchAnything() {
        int before = SignalWatch.watched();
        try (EventFd own = EventFd.create(); EventFd shared = EventFd.createShared()) {
            assertThat(SignalWatch.watched()).isEqualTo(before + 1);
            assertThat(own.fd()).isNotEqualTo(shared.fd());
        }
        assertThat(SignalWatch.watched()).isEqualTo(before);
    }

    /** The kernel gives the number out again at once. */
    @Test
    void aClosedOneTouchesNobodyElsesDescriptor() {
        EventFd closed = EventFd.create();
        closed.close();
        try (EventFd next = EventFd.create()) {
            assertThat(next.fd()).isEqualTo(closed.fd());
            closed.signal();
            assertThat(read(next.fd())).isEqualTo(-Errno.EAGAIN);
            next.signal();
            closed.drain();
            closed.close();
            assertThat(read(next.fd())).isEqualTo(1);
        }
    }
}
