package io.mcm.memif.builtin;

import io.mcm.foreign.EventFd;
import io.mcm.foreign.Reactor;
import io.mcm.foreign.SharedMemory;
import io.mcm.memif.Fault;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.PeerException;
import java.util.ArrayList;
import java.util.List;

/**
 * The client's side of one connection until CONNECTED. It makes the memory when HELLO comes, and sends one message for every ACK
 * (lock-step):
 *
 * <pre>
 *   region 0    s2m rings, then m2s rings, back to back
 *   region 1    their buffers in the same order
 * </pre>
 */
final class ClientHandshake {

    private enum State { EXPECT_HELLO, EXPECT_ACK, EXPECT_CONNECTED, CONNECTED }

    private static final int RINGS_REGION = 0;
    private static final int MODE_ETHERNET = 0;

    private final ControlChannel channel;
    private final MemifConfig wanted;
    private final Regions regions = new Regions();
    private final List<Ring> rings = new ArrayList<>();
    private State state = State.EXPECT_HELLO;
    private String application = "";
    private String peerName = "";
    private int s2mRings;
    private int m2sRings;
    private int log2RingSize;
    private int acknowledged;

    ClientHandshake(ControlChannel channel, MemifConfig wanted) {
        this.channel = channel;
        this.wanted = wanted;
    }

    /** Takes one message; true once the server has connected us. */
    boolean take(ControlMessage message) {
        switch (message.type()) {
            case HELLO -> hello(message);
            case ACK -> acknowledge(message);
            case CONNECTED -> connected(message);
            case DISCONNECT -> throw new PeerException("the server refused: "
                + message.text(ControlMessage.DISCONNECT_TEXT_OFFSET, ControlMessage.TEXT_LENGTH));
            default -> throw new PeerException("unexpected " + message.type() + " during the handshake");
        }
        return state == State.CONNECTED;
    }

    private void expect(State expected, ControlMessage message) {
        if (state != expected) {
            throw new PeerException("unexpected " + message.type() + " in state " + state);
        }
    }

    private void hello(ControlMessage message) {
        expect(State.EXPECT_HELLO, message);
        int least = message.u16(ControlMessage.HELLO_MIN_VERSION_OFFSET);
        int most = message.u16(ControlMessage.HELLO_MAX_VERSION_OFFSET);
        if (ControlMessage.VERSION < least || ControlMessage.VERSION > most) {
            throw new PeerException("the server speaks memif " + least + " to " + most + ", this is " + ControlMessage.VERSION);
        }
        application = message.text(ControlMessage.HELLO_NAME_OFFSET, ControlMessage.NAME_LENGTH);
        s2mRings = Math.min(wanted.s2mRings(), message.u16(ControlMessage.HELLO_MAX_S2M_RING_OFFSET) + 1);
        m2sRings = Math.min(wanted.m2sRings(), message.u16(ControlMessage.HELLO_MAX_M2S_RING_OFFSET) + 1);
        log2RingSize = Math.min(wanted.log2RingSize(), message.u8(ControlMessage.HELLO_MAX_LOG2_RING_SIZE_OFFSET));
        createMemory();
        state = State.EXPECT_ACK;
        sendInit();
    }

    private void createMemory() {
        int count = s2mRings + m2sRings;
        long stride = RingDescriptor.length(log2RingSize);
        regions.add(SharedMemory.create("mcm memif rings", count * stride));
        regions.add(SharedMemory.create("mcm memif buffers", (long) count * wanted.bufferLength() << log2RingSize));
        for (int i = 0; i < count; i++) {
            Ring ring = new Ring(regions.segment(RINGS_REGION), i * stride, log2RingSize, Role.CLIENT, EventFd.createShared());
            ring.initialize();
            ring.maskInterruptOpaque(isM2s(i) && wanted.polling());
            rings.add(ring);
        }
    }

    private boolean isM2s(int ring) {
        return ring >= s2mRings;
    }

    private void sendInit() {
        ControlMessage init = channel.compose(ControlMessage.Type.INIT);
        init.u16(ControlMessage.INIT_VERSION_OFFSET, ControlMessage.VERSION)
            .u32(ControlMessage.INIT_ID_OFFSET, wanted.id())
            .u8(ControlMessage.INIT_MODE_OFFSET, MODE_ETHERNET)
            .text(ControlMessage.INIT_SECRET_OFFSET, ControlMessage.SECRET_LENGTH, wanted.secret())
            .text(ControlMessage.INIT_NAME_OFFSET, ControlMessage.NAME_LENGTH, wanted.application());
        channel.send(init);
    }

    /** The n-th ACK brings on the n-th of: regions, rings, CONNECT. */
    private void acknowledge(ControlMessage message) {
        expect(State.EXPECT_ACK, message);
        int next = acknowledged++;
        if (next < regions.count()) {
            sendRegion(next);
        } else if (next < regions.count() + rings.size()) {
            sendRing(next - regions.count());
        } else {
            ControlMessage connect = channel.compose(ControlMessage.Type.CONNECT);
            channel.send(connect.text(ControlMessage.CONNECT_NAME_OFFSET, ControlMessage.NAME_LENGTH, wanted.name()));
            state = State.EXPECT_CONNECTED;
        }
    }

    private void sendRegion(int index) {
        SharedMemory memory = regions.owner(index);
        ControlMessage message = channel.compose(ControlMessage.Type.ADD_REGION);
        message.u16(ControlMessage.REGION_INDEX_OFFSET, index)
            .u64(ControlMessage.REGION_SIZE_OFFSET, memory.segment().byteSize());
        channel.send(message, memory.fd());
    }

    private void sendRing(int ring) {
        ControlMessage message = channel.compose(ControlMessage.Type.ADD_RING);
        message.u16(ControlMessage.RING_FLAGS_OFFSET, isM2s(ring) ? 0 : ControlMessage.RING_FLAG_S2M)
            .u16(ControlMessage.RING_INDEX_OFFSET, isM2s(ring) ? ring - s2mRings : ring)
            .u16(ControlMessage.RING_REGION_OFFSET, RINGS_REGION)
            .u32(ControlMessage.RING_OFFSET_OFFSET, (int) (ring * RingDescriptor.length(log2RingSize)))
            .u8(ControlMessage.RING_LOG2_SIZE_OFFSET, log2RingSize)
            .u16(ControlMessage.RING_PRIVATE_HEADER_OFFSET, 0);
        channel.send(message, rings.get(ring).interrupt().fd());
    }

    private void connected(ControlMessage message) {
        expect(State.EXPECT_CONNECTED, message);
        peerName = message.text(ControlMessage.CONNECT_NAME_OFFSET, ControlMessage.NAME_LENGTH);
        state = State.CONNECTED;
    }

    /** The interface, with all receive buffers offered. */
    BuiltinInterface build(Reactor reactor) {
        Fault fault = new Fault();
        PeerNames peer = new PeerNames(application, peerName);
        BuiltinInterface memif = new BuiltinInterface(Role.CLIENT, reactor, channel, regions, rings, fault, peer);
        long ringBuffers = (long) wanted.bufferLength() << log2RingSize;
        for (int i = 0; i < rings.size(); i++) {
            Slots slots = new Slots(i * ringBuffers, wanted.bufferLength(), 1 << log2RingSize);
            if (isM2s(i)) {
                BuiltinRxQueue queue = new BuiltinRxQueue(rings.get(i), Role.CLIENT, regions, slots, fault);
                queue.offerAll();
                memif.add(queue);
            } else {
                memif.add(new BuiltinTxQueue(rings.get(i), Role.CLIENT, regions, slots, fault));
            }
        }
        return memif;
    }

    /** Frees the memory of a connection that never came about. */
    void abandon() {
        rings.forEach(Ring::close);
        regions.close();
    }
}
