package io.mcm.foreign;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnixSocketTest {

    @TempDir
    Path dir;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment buffer = arena.allocate(128);
    private ProcessResources before;
    private UnixSocket listener;
    private UnixSocket client;
    private UnixSocket server;

    @BeforeEach
    void connect() {
        before = ProcessResources.now();
        UnixAddress address = new UnixAddress(dir.resolve("s").toString());
        listener = UnixSocket.listen(address, 4);
        client = UnixSocket.connect(address);
        server = listener.accept();
    }

    @AfterEach
    void nothingLeaks() {
        server.close();
        client.close();
        listener.close();
        arena.close();
        assertThat(ProcessResources.settled(before)).isEqualTo(before);
    }

    private MemorySegment text(String text) {
        return arena.allocateFrom(text).asSlice(0, text.length());
    }

    private String received(int length) {
        return new String(buffer.asSlice(0, length).toArray(JAVA_BYTE));
    }

    @Test
    void messagesKeepTheirBoundsAndOrder() {
        assertThat(client.send(text("first"), -1)).isTrue();
        assertThat(client.send(text("2"), -1)).isTrue();
        assertThat(received(server.receive(buffer))).isEqualTo("first");
        assertThat(received(server.receive(buffer))).isEqualTo("2");
        assertThat(server.receive(buffer)).isEqualTo(-Errno.EAGAIN);
    }

    @Test
    void theTrueLengthOfAnOversizedMessageIsTold() {
        client.send(arena.allocate(200), -1);
        assertThat(server.receive(buffer)).isEqualTo(200);
    }

    @Test
    void aClosedPeerReadsAsZeroAndCannotBeSentTo() {
        client.close();
        assertThat(server.receive(buffer)).isZero();
        assertThat(server.send(text("late"), -1)).isFalse();
    }

    @Test
    void aPeerThatDoesNotReadMakesSendFailAndNotWait() {
        int sent = 0;
        while (sent < 100_000 && client.send(arena.allocate(128), -1)) {
            sent++;
        }
        assertThat(sent).isBetween(1, 99_999);
    }

    @Test
    void aPassedDescriptorIsTheSameFile() {
        try (EventFd event = EventFd.create()) {
            client.send(text("take"), event.fd());
            server.receive(buffer);
            assertThat(server.receivedDescriptors()).isEqualTo(1);
            try (EventFd taken = EventFd.adopt(server.takeDescriptor()); Reactor reactor = new Reactor()) {
                assertThat(taken.fd()).isNotEqualTo(event.fd());
                reactor.add(event.fd(), () -> {});
                taken.signal();
                assertThat(reactor.poll(0)).isEqualTo(1);
            }
        }
    }

    @Test
    void aDescriptorThatIsNotTakenIsClosedWithTheNextMessage() {
        long eventFds = ProcessResources.now().eventFds();
        try (EventFd event = EventFd.create()) {
            client.send(text("take"), event.fd());
            client.send(text("none"), -1);
            server.receive(buffer);
            assertThat(ProcessResources.now().eventFds()).isEqualTo(eventFds + 2);
            server.receive(buffer);
            assertThat(server.receivedDescriptors()).isZero();
            assertThat(ProcessResources.now().eventFds()).isEqualTo(eventFds + 1);
        }
    }

    @Test
    void aDescriptorThatIsNotTakenIsClosedWithTheSocket() {
        try (EventFd event = EventFd.create()) {
            client.send(text("take"), event.fd());
            server.receive(buffer);
        }
        server.close();
    }

    @Test
    void aDescriptorThatIsNotReceivedIsClosedWithTheSocket() {
        try (EventFd event = EventFd.create()) {
            client.send(text("take"), event.fd());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 50, 253})
    void severalDescriptorsAreCountedNotTakenAndNotLeaked(int count) {
        try (EventFd event = EventFd.create()) {
            assertThat(SeveralDescriptors.send(client, text("many"), event.fd(), count)).isEqualTo(4);
            server.receive(buffer);
            assertThat(server.receivedDescriptors()).isEqualTo(Math.min(count, 4));
            assertThatThrownBy(server::takeDescriptor).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("descriptors came");
        }
    }

    @Test
    void noConnectionWaitingIsNull() {
        assertThat(listener.accept()).isNull();
    }

    @Test
    void aPathInUseIsRefusedByName() {
        UnixAddress address = new UnixAddress(dir.resolve("s").toString());
        assertThatThrownBy(() -> UnixSocket.listen(address, 1)).isInstanceOf(SystemCallException.class)
            .hasMessageContaining(address.path()).hasMessageContaining("EADDRINUSE");
    }

    @Test
    void nobodyListeningIsToldApartFromNoSuchFile() throws Exception {
        listener.close();
        UnixAddress address = new UnixAddress(dir.resolve("s").toString());
        assertThatThrownBy(() -> UnixSocket.connect(address)).hasMessageContaining("ECONNREFUSED");
        Files.delete(dir.resolve("s"));
        assertThatThrownBy(() -> UnixSocket.connect(address)).hasMessageContaining("ENOENT");
    }

    @Test
    void anAbstractNameLeavesNoFileAndEndsWithItsSocket() {
        UnixAddress name = new UnixAddress("@mcm-unix-socket-test-" + ProcessHandle.current().pid());
        assertThat(name.isAbstract()).isTrue();
        try (UnixSocket abstractListener = UnixSocket.listen(name, 1); UnixSocket other = UnixSocket.connect(name)) {
            try (UnixSocket accepted = abstractListener.accept()) {
                other.send(text("hello"), -1);
                assertThat(received(accepted.receive(buffer))).isEqualTo("hello");
            }
        }
        assertThatThrownBy(() -> UnixSocket.connect(name)).hasMessageContaining("ECONNREFUSED");
        assertThat(Path.of(name.path())).doesNotExist();
    }

    @Test
    void aPathThatDoesNotFitIsRefusedWithItsLength() {
        assertThatThrownBy(() -> new UnixAddress("/" + "x".repeat(107))).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("108 bytes, allowed are 1 to 107");
        assertThatThrownBy(() -> new UnixAddress("")).isInstanceOf(IllegalArgumentException.class);
        assertThat(new UnixAddress("/" + "x".repeat(106)).path()).hasSize(107);
    }
}
