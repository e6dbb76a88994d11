package io.mcm.memif.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.foreign.EventFd;
import io.mcm.foreign.SharedMemory;
import io.mcm.foreign.UnixAddress;
import io.mcm.foreign.UnixSocket;
import io.mcm.memif.MemifConfig;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A client that says what a test has it say, and polls the server's reactor for the answers. */
final class RawClient implements AutoCloseable {

    final Pair pair;
    final UnixSocket socket;
    final EventFd interrupt = EventFd.create();
    final ControlMessage incoming = new ControlMessage(Arena.ofAuto().allocate(ControlMessage.LENGTH, 8));
    SharedMemory rings;
    SharedMemory buffers;

    private RawClient(Pair pair) {
        this.pair = pair;
        socket = UnixSocket.connect(new UnixAddress(pair.path));
    }

    static RawClient of(Pair pair) {
        return new RawClient(pair);
    }

    /** Connected properly, with interface 0, one ring each way of 8 buffers of 64 bytes. */
    static RawClient connected(Pair pair) {
        RawClient raw = new RawClient(pair);
        raw.expectHello();
        raw.init(MemifConfig.of(0, "raw", 3, 64));
        raw.expect(ControlMessage.Type.ACK);
        raw.memory(MemifConfig.of(0, "raw", 3, 64));
        raw.send(raw.message(ControlMessage.Type.CONNECT));
        raw.expect(ControlMessage.Type.CONNECTED);
        return raw;
    }

    ControlMessage message(ControlMessage.Type type) {
        return new ControlMessage(Arena.ofAuto().allocate(ControlMessage.LENGTH, 8)).clear(type);
    }

    void send(ControlMessage message) {
        send(message.bytes(), -1);
    }

    void send(MemorySegment bytes, int fd) {
        assertThat(socket.send(bytes, fd)).isTrue();
        pair.settle();
    }

    /** The type of the next answer; null where the server has closed, NONE where there is no answer. */
    ControlMessage.Type answer() {
        pair.settle();
        int length = socket.receive(incoming.bytes());
        return length == 0 ? null : length < 0 ? ControlMessage.Type.NONE : incoming.type();
    }

    void expect(ControlMessage.Type type) {
        ControlMessage.Type answer = answer();
        assertThat(answer).as(() -> "answer " + (answer == ControlMessage.Type.DISCONNECT ? text() : "")).isEqualTo(type);
    }

    void expectHello() {
        expect(ControlMessage.Type.HELLO);
        assertThat(incoming.u16(ControlMessage.HELLO_MAX_LOG2_RING_SIZE_OFFSET) & 0xff).isEqualTo(14);
    }

    private String text() {
        return incoming.text(ControlMessage.DISCONNECT_TEXT_OFFSET, ControlMessage.TEXT_LENGTH);
    }

    /** Why the server sent us away, past its answers to what was right; after it the socket is closed. */
    String disconnectText() {
        ControlMessage.Type type = answer();
        while (type == ControlMessage.Type.HELLO || type == ControlMessage.Type.ACK || type == ControlMessage.Type.CONNECTED) {
            type = answer();
        }
        assertThat(type).isEqualTo(ControlMessage.Type.DISCONNECT);
        String text = text();
        assertThat(answer()).as("closed after DISCONNECT").isNull();
        return text;
    }

    ControlMessage initMessage(MemifConfig config) {
        return message(ControlMessage.Type.INIT)
            .u16(ControlMessage.INIT_VERSION_OFFSET, ControlMessage.VERSION)
            .u32(ControlMessage.INIT_ID_OFFSET, config.id())
            .text(ControlMessage.INIT_NAME_OFFSET, ControlMessage.NAME_LENGTH, config.name());
    }

    void init(MemifConfig config) {
        send(initMessage(config));
    }

    ControlMessage region(int index, long size) {
        return message(ControlMessage.Type.ADD_REGION).u16(ControlMessage.REGION_INDEX_OFFSET, index)
            .u64(ControlMessage.REGION_SIZE_OFFSET, size);
    }

    ControlMessage ring(int flags, int index, long offset, int log2Size) {
        return message(ControlMessage.Type.ADD_RING).u16(ControlMessage.RING_FLAGS_OFFSET, flags)
            .u16(ControlMessage.RING_INDEX_OFFSET, index).u32(ControlMessage.RING_OFFSET_OFFSET, (int) offset)
            .u8(ControlMessage.RING_LOG2_SIZE_OFFSET, log2Size);
    }

    /** Regions and rings as our own client brings them; each is acknowledged. */
    void memory(MemifConfig config) {
        regions(config);
        long stride = RingDescriptor.length(config.log2RingSize());
        send(ring(ControlMessage.RING_FLAG_S2M, 0, 0, config.log2RingSize()).bytes(), interrupt.fd());
        expect(ControlMessage.Type.ACK);
        send(ring(0, 0, stride, config.log2RingSize()).bytes(), interrupt.fd());
        expect(ControlMessage.Type.ACK);
    }

    void regions(MemifConfig config) {
        long stride = RingDescriptor.length(config.log2RingSize());
        rings = SharedMemory.create("raw rings", 2 * stride);
        buffers = SharedMemory.create("raw buffers", config.bufferRegionLength());
        s2m(config.log2RingSize()).initialize();
        m2s(config.log2RingSize()).initialize();
        send(region(0, 2 * stride).bytes(), rings.fd());
        expect(ControlMessage.Type.ACK);
        send(region(1, config.bufferRegionLength()).bytes(), buffers.fd());
        expect(ControlMessage.Type.ACK);
    }

    Ring s2m(int log2Size) {
        return new Ring(rings.segment(), 0, log2Size, Role.CLIENT, interrupt);
    }

    Ring m2s(int log2Size) {
        return new Ring(rings.segment(), RingDescriptor.length(log2Size), log2Size, Role.CLIENT, interrupt);
    }

    @Override
    public void close() {
        socket.close();
        interrupt.close();
        if (rings != null) {
            rings.close();
            buffers.close();
        }
    }
}
