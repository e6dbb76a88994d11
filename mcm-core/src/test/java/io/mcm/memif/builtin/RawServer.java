package io.mcm.memif.builtin;

import io.mcm.foreign.Reactor;
import io.mcm.foreign.SharedMemory;
import io.mcm.foreign.UnixAddress;
import io.mcm.foreign.UnixSocket;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifInterface;
import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A server that answers as a proper one does, unless the test bends an answer, and validates nothing. It keeps the rings that the
 * client passes, so that a test can write to them.
 */
final class RawServer implements AutoCloseable {

    private final Reactor reactor;
    private final String path;
    private final UnixSocket listener;
    private final ControlMessage incoming = new ControlMessage(Arena.ofAuto().allocate(ControlMessage.LENGTH, 8));
    private final List<SharedMemory> regions = new ArrayList<>();
    private UnaryOperator<ControlMessage> bend = answer -> answer;
    private UnixSocket client;

    RawServer(Reactor reactor, String path) {
        this.reactor = reactor;
        this.path = path;
        listener = UnixSocket.listen(new UnixAddress(path), 4);
        reactor.add(listener.fd(), this::accept);
    }

    /** What is done to every answer before it is sent; null to send nothing. */
    void bend(UnaryOperator<ControlMessage> how) {
        bend = how;
    }

    MemifInterface connect(MemifConfig config) {
        return BuiltinClient.connect(reactor, path, config, Pair.PATIENCE, System::nanoTime);
    }

    UnixSocket channel() {
        reactor.remove(client.fd());
        return client;
    }

    /** Region 0 of the client: its rings. */
    MemorySegment rings() {
        return regions.getFirst().segment();
    }

    /** The server's end of the n-th ring, s2m rings first. */
    Ring ring(int n, int log2Size) {
        return new Ring(rings(), n * RingDescriptor.length(log2Size), log2Size, Role.SERVER, null);
    }

    static ControlMessage hello() {
        return message(ControlMessage.Type.HELLO)
            .u16(ControlMessage.HELLO_MIN_VERSION_OFFSET, ControlMessage.VERSION)
            .u16(ControlMessage.HELLO_MAX_VERSION_OFFSET, ControlMessage.VERSION)
            .u16(ControlMessage.HELLO_MAX_M2S_RING_OFFSET, 255)
            .u16(ControlMessage.HELLO_MAX_S2M_RING_OFFSET, 255)
            .u8(ControlMessage.HELLO_MAX_LOG2_RING_SIZE_OFFSET, 14);
    }

    static ControlMessage message(ControlMessage.Type type) {
        return new ControlMessage(Arena.ofAuto().allocate(2 * ControlMessage.LENGTH, 8).asSlice(0, ControlMessage.LENGTH)).clear(type);
    }

    private void accept() {
        client = listener.accept();
        reactor.add(client.fd(), this::onReadable);
        answer(hello());
    }

    private void onReadable() {
        if (client.receive(incoming.bytes()) <= 0) {
            reactor.remove(client.fd());
            return;
        }
        if (incoming.type() == ControlMessage.Type.ADD_REGION) {
            regions.add(SharedMemory.adopt(client.takeDescriptor(), incoming.u64(ControlMessage.REGION_SIZE_OFFSET)));
        }
        answer(message(incoming.type() == ControlMessage.Type.CONNECT ? ControlMessage.Type.CONNECTED : ControlMessage.Type.ACK));
    }

    private void answer(ControlMessage message) {
        ControlMessage bent = bend.apply(message);
        if (bent != null) {
            client.send(bent.bytes(), -1);
        }
    }

    @Override
    public void close() {
        reactor.remove(listener.fd());
        listener.close();
        if (client != null) {
            reactor.remove(client.fd());
            client.close();
        }
        regions.forEach(SharedMemory::close);
        new File(path).delete();
    }
}
