package io.mcm.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SystemCallTest {

    private static final int EBADF = 9;
    private static final int ROUNDS = 20_000;

    @Test
    void eachThreadSeesTheErrnoOfItsOwnCalls() throws Exception {
        CountDownLatch together = new CountDownLatch(2);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<Long> bad = threads.submit(differing(together, () -> Libc.close(-1), -EBADF));
            Future<Long> invalid = threads.submit(differing(together, () -> Libc.epoll_create1(1), -Errno.EINVAL));
            assertThat(bad.get()).isZero();
            assertThat(invalid.get()).isZero();
        }
    }

    private static Callable<Long> differing(CountDownLatch together, Callable<Long> call, long expected) {
        return () -> {
            together.countDown();
            together.await();
            long differing = 0;
            for (int i = 0; i < ROUNDS; i++) {
                differing += call.call() == expected ? 0 : 1;
            }
            return differing;
        };
    }

    @Test
    void aSuccessAfterAFailureIsNoFailure() {
        assertThat(Libc.close(-1)).isEqualTo(-EBADF);
        long fd = Libc.eventfd(0, 0);
        assertThat(fd).isPositive();
        assertThat(Libc.close((int) fd)).isZero();
    }

    @Test
    void aFailureNamesTheCallWhatItWasOnAndTheReason() {
        assertThatThrownBy(() -> SystemCallException.check(-Errno.EMFILE, "eventfd", 0))
            .isInstanceOf(SystemCallException.class)
            .hasMessage("eventfd(0): EMFILE, too many open files in this process")
            .extracting(e -> ((SystemCallException) e).errno()).isEqualTo(Errno.EMFILE);
    }

    @Test
    void anErrorNumberWithoutANameIsShownAsANumber() {
        assertThat(Errno.text(71)).isEqualTo("errno 71");
    }

    /** An address in the upper half of the address space is negative as a long, and no error. */
    @Test
    void onlyTheKernelsErrorRangeIsAFailure() {
        assertThat(SystemCallException.check(-4096, "mmap", "")).isEqualTo(-4096);
        assertThatThrownBy(() -> SystemCallException.check(-4095, "mmap", "")).isInstanceOf(SystemCallException.class);
    }

    @Test
    void aFunctionThatTheLibraryLacksIsNamed() {
        assertThatThrownBy(() -> Downcall.three("no_such_function")).isInstanceOf(UnsatisfiedLinkError.class)
            .hasMessageContaining("no_such_function");
    }

    @Test
    void virtualThreadsCallToo() throws Exception {
        long[] result = new long[1];
        Thread.ofVirtual().start(() -> result[0] = Libc.close(-1)).join();
        assertThat(result[0]).isEqualTo(-EBADF);
    }

    @Test
    void onlyAnEventFdIsTakenForOne() {
        try (EventFd event = EventFd.create(); SharedMemory memory = SharedMemory.create("not an eventfd", 1)) {
            assertThat(Descriptors.isEventFd(event.fd())).isTrue();
            assertThat(Descriptors.isEventFd(memory.fd())).isFalse();
            assertThat(Descriptors.isEventFd(1_000_000)).isFalse();
        }
    }

    @Test
    void readAndWriteMoveBytes() {
        try (Arena arena = Arena.ofConfined(); SharedMemory memory = SharedMemory.create("file", 8)) {
            MemorySegment bytes = arena.allocateFrom("memfd");
            assertThat(Libc.write(memory.fd(), bytes, 5)).isEqualTo(5);
            assertThat(memory.segment().getString(0)).isEqualTo("memfd");
            assertThat(Libc.read(memory.fd(), bytes, 5)).as("rest of the file").isEqualTo(3);
        }
    }
}
