package io.mcm.foreign;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class SharedMemoryTest {

    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int EPERM = 1;

    private ProcessResources before;

    @BeforeEach
    void look() {
        before = ProcessResources.now();
    }

    @AfterEach
    void nothingLeaks() {
        assertThat(ProcessResources.settled(before)).isEqualTo(before);
    }

    private static int duplicate(int fd) {
        return (int) SystemCallException.check(Libc.fcntl(fd, F_DUPFD_CLOEXEC, 0), "fcntl", fd);
    }

    @Test
    void newMemoryIsZeroedAndOfTheLengthAsked() {
        try (SharedMemory memory = SharedMemory.create("mcm test", 5000)) {
            assertThat(memory.segment().byteSize()).isEqualTo(5000);
            assertThat(memory.segment().toArray(JAVA_BYTE)).containsOnly(0);
            assertThat(SharedMemory.sizeOf(memory.fd())).isEqualTo(5000);
        }
    }

    @Test
    void newMemoryCannotBeShrunkUnderAReader() {
        try (SharedMemory memory = SharedMemory.create("mcm test", 5000)) {
            assertThat(SharedMemory.isSealedAgainstShrinking(memory.fd())).isTrue();
            assertThat(Libc.ftruncate(memory.fd(), 10)).isEqualTo(-EPERM);
            assertThat(Libc.ftruncate(memory.fd(), 6000)).as("growing hurts nobody").isZero();
        }
    }

    @Test
    void adoptedMemoryIsTheSameMemory() {
        try (SharedMemory made = SharedMemory.create("mcm test", 4096)) {
            try (SharedMemory adopted = SharedMemory.adopt(duplicate(made.fd()), 4096)) {
                made.segment().set(JAVA_LONG, 8, 42);
                assertThat(adopted.segment().get(JAVA_LONG, 8)).isEqualTo(42);
            }
            assertThat(made.segment().get(JAVA_LONG, 8)).isEqualTo(42);
        }
    }

    @Test
    void adoptedMemoryUsesUpNoDescriptor() {
        try (SharedMemory made = SharedMemory.create("mcm test", 4096)) {
            int passed = duplicate(made.fd());
            long memfds = ProcessResources.now().memfds();
            try (SharedMemory adopted = SharedMemory.adopt(passed, 4096)) {
                assertThat(adopted.fd()).isNegative();
                assertThat(ProcessResources.now().memfds()).isEqualTo(memfds - 1);
            }
        }
    }

    @Test
    void anAccessAfterCloseThrowsAndDoesNotCrash() {
        SharedMemory memory = SharedMemory.create("mcm test", 4096);
        MemorySegment segment = memory.segment();
        MemorySegment slice = segment.asSlice(100, 100);
        memory.close();
        memory.close();
        assertThatThrownBy(() -> segment.get(JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> slice.fill((byte) 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> JAVA_LONG.varHandle().getAcquire(segment, 0L)).isInstanceOf(IllegalStateException.class);
    }

    /** The closing thread must neither fail nor pull the mapping away from under a reader: the reader gets an exception. */
    @Test
    void closingWhileAnotherThreadReadsGivesThatThreadAnException() throws Exception {
        SharedMemory memory = SharedMemory.create("mcm test", 1 << 20);
        AtomicLong reads = new AtomicLong();
        Throwable[] end = new Throwable[1];
        Thread reader = Thread.ofPlatform().start(() -> {
            try {
                while (true) {
                    memory.segment().toArray(JAVA_BYTE);
                    reads.incrementAndGet();
                }
            } catch (Throwable e) {
                end[0] = e;
            }
        });
        while (reads.get() < 10) {
            Thread.onSpinWait();
        }
        memory.close();
        reader.join();
        assertThat(end[0]).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void lengthsThatCannotBeMappedAreRefusedWithoutALeak() {
        for (long length : new long[] {0, -1, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> SharedMemory.create("mcm test", length)).isInstanceOf(SystemCallException.class);
        }
        try (SharedMemory made = SharedMemory.create("mcm test", 4096)) {
            assertThatThrownBy(() -> SharedMemory.adopt(made.fd(), 0)).isInstanceOf(SystemCallException.class);
        }
    }

    @Test
    void whatIsNoMemfdHasNoSealsAndNoDescriptorHasNoSize() {
        try (EventFd event = EventFd.create()) {
            assertThat(SharedMemory.isSealedAgainstShrinking(event.fd())).isFalse();
            assertThat(SharedMemory.isSealedAgainstShrinking(-1)).isFalse();
            assertThat(SharedMemory.sizeOf(-1)).isEqualTo(-1);
            assertThatThrownBy(() -> SharedMemory.adopt(event.fd(), 4096)).isInstanceOf(SystemCallException.class);
        }
    }
}
