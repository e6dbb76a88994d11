package io.mcm.memif.builtin;

import io.mcm.foreign.Descriptors;
import io.mcm.foreign.EventFd;
import io.mcm.foreign.Reactor;
import io.mcm.memif.Fault;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.PeerException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The server's side of one connection until CONNECTED. Every message of the client is answered by one of ours (lock-step):
 *
 * <pre>
 *   HELLO -> | <- INIT | ACK -> | <- ADD_REGION | ACK -> ... | <- ADD_RING | ACK -> ... | <- CONNECT | CONNECTED ->
 * </pre>
 */
final class ServerHandshake {

    private enum State { EXPECT_INIT, EXPECT_MEMORY, CONNECTED }

    private final ControlChannel channel;
    private final Function<ControlMessage, BuiltinServer.Offer> offers;
    private final Regions regions = new Regions();
    private final List<Ring> clientToServer = new ArrayList<>();
    private final List<Ring> serverToClient = new ArrayList<>();
    private State state = State.EXPECT_INIT;
    private BuiltinServer.Offer offer;
    private String application = "";
    private String peerName = "";

    /** @param offers answers the interface that an INIT names, or throws {@link PeerException} */
    ServerHandshake(ControlChannel channel, Function<ControlMessage, BuiltinServer.Offer> offers) {
        this.channel = channel;
        this.offers = offers;
    }

    void sendHello(String ownApplication) {
        ControlMessage hello = channel.compose(ControlMessage.Type.HELLO);
        hello.text(ControlMessage.HELLO_NAME_OFFSET, ControlMessage.NAME_LENGTH, ownApplication)
            .u16(ControlMessage.HELLO_MIN_VERSION_OFFSET, ControlMessage.VERSION)
            .u16(ControlMessage.HELLO_MAX_VERSION_OFFSET, ControlMessage.VERSION)
            .u16(ControlMessage.HELLO_MAX_REGION_OFFSET, Regions.MAX_REGIONS - 1)
            .u16(ControlMessage.HELLO_MAX_M2S_RING_OFFSET, MAX_RING_INDEX)
            .u16(ControlMessage.HELLO_MAX_S2M_RING_OFFSET, MAX_RING_INDEX)
            .u8(ControlMessage.HELLO_MAX_LOG2_RING_SIZE_OFFSET, MemifConfig.MAX_LOG2_RING_SIZE);
        channel.send(hello);
    }

    /** What libmemif and DPDK announce. */
    private static final int MAX_RING_INDEX = 255;

    /** Takes one message; true once the client is connected. */
    boolean take(ControlMessage message) {
        switch (message.type()) {
            case INIT -> init(message);
            case ADD_REGION -> addRegion(message);
            case ADD_RING -> addRing(message);
            case CONNECT -> connect(message);
            case DISCONNECT -> throw new PeerException("the peer disconnected: "
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

    private void init(ControlMessage message) {
        expect(State.EXPECT_INIT, message);
        int version = message.u16(ControlMessage.INIT_VERSION_OFFSET);
        if (version != ControlMessage.VERSION) {
            throw new PeerException("incompatible version " + version + ", this is " + ControlMessage.VERSION);
        }
        offer = offers.apply(message);
        application = message.text(ControlMessage.INIT_NAME_OFFSET, ControlMessage.NAME_LENGTH);
        state = State.EXPECT_MEMORY;
        acknowledge();
    }

    private void addRegion(ControlMessage message) {
        int fd = channel.takeDescriptor();
        try {
            expect(State.EXPECT_MEMORY, message);
            regions.adopt(
                message.u16(ControlMessage.REGION_INDEX_OFFSET), message.u64(ControlMessage.REGION_SIZE_OFFSET), fd);
        } catch (RuntimeException e) {
            Descriptors.close(fd);
            throw e;
        }
        acknowledge();
    }

    private void addRing(ControlMessage message) {
        int fd = channel.takeDescriptor();
        try {
            expect(State.EXPECT_MEMORY, message);
            boolean s2m = (message.u16(ControlMessage.RING_FLAGS_OFFSET) & ControlMessage.RING_FLAG_S2M) != 0;
            List<Ring> rings = s2m ? clientToServer : serverToClient;
            checkRing(message, rings.size(), s2m ? offer.config().s2mRings() : offer.config().m2sRings(), fd);
            rings.add(new Ring(
                regions.segment(message.u16(ControlMessage.RING_REGION_OFFSET)),
                Integer.toUnsignedLong(message.u32(ControlMessage.RING_OFFSET_OFFSET)),
                message.u8(ControlMessage.RING_LOG2_SIZE_OFFSET), Role.SERVER, EventFd.adopt(fd)));
        } catch (RuntimeException e) {
            Descriptors.close(fd);
            throw e;
        }
        acknowledge();
    }

    private void checkRing(ControlMessage message, int expectedIndex, int maxRings, int fd) {
        int index = message.u16(ControlMessage.RING_INDEX_OFFSET);
        if (index != expectedIndex || index >= maxRings) {
            throw new PeerException("ring index " + index + ", expected " + expectedIndex + " of at most " + maxRings + " rings");
        }
        int log2Size = message.u8(ControlMessage.RING_LOG2_SIZE_OFFSET);
        if (log2Size > MemifConfig.MAX_LOG2_RING_SIZE) {
            throw new PeerException("log2 ring size " + log2Size + ", at most " + MemifConfig.MAX_LOG2_RING_SIZE);
        }
        int privateHeader = message.u16(ControlMessage.RING_PRIVATE_HEADER_OFFSET);
        if (privateHeader != 0) {
            throw new PeerException("private headers not supported: " + privateHeader + " bytes asked");
        }
        int region = message.u16(ControlMessage.RING_REGION_OFFSET);
        long offset = Integer.toUnsignedLong(message.u32(ControlMessage.RING_OFFSET_OFFSET));
        long length = RingDescriptor.length(log2Size);
        if (!regions.contains(region, offset, length) || offset % RingDescriptor.ALIGNMENT != 0) {
            throw new PeerException("ring of " + length + " bytes at " + offset + " of region " + region + ", which has "
                + regions.length(region) + "; rings are aligned to " + RingDescriptor.ALIGNMENT);
        }
        if (!Descriptors.isEventFd(fd)) {
            throw new PeerException("the interrupt of ring " + index + " is not an eventfd");
        }
    }

    private void connect(ControlMessage message) {
        expect(State.EXPECT_MEMORY, message);
        if (clientToServer.isEmpty() && serverToClient.isEmpty()) {
            throw new PeerException("CONNECT without a ring");
        }
        for (Ring ring : rings()) {
            if (!ring.hasCookie()) {
                throw new PeerException("wrong cookie on a ring, expected " + RingDescriptor.COOKIE);
            }
        }
        peerName = message.text(ControlMessage.CONNECT_NAME_OFFSET, ControlMessage.NAME_LENGTH);
        state = State.CONNECTED;
    }

    private void acknowledge() {
        channel.send(channel.compose(ControlMessage.Type.ACK));
    }

    private List<Ring> rings() {
        List<Ring> all = new ArrayList<>(clientToServer);
        all.addAll(serverToClient);
        return all;
    }

    BuiltinServer.Offer offer() {
        return offer;
    }

    /** The interface, ready to be used as soon as CONNECTED is sent. */
    BuiltinInterface build(Reactor reactor) {
        Fault fault = new Fault();
        PeerNames peer = new PeerNames(application, peerName);
        BuiltinInterface memif = new BuiltinInterface(Role.SERVER, reactor, channel, regions, rings(), fault, peer);
        for (Ring ring : clientToServer) {
            ring.ownIndexRelease(0);
            ring.maskInterruptOpaque(offer.config().polling());
            memif.add(new BuiltinRxQueue(ring, Role.SERVER, regions, null, fault));
        }
        for (Ring ring : serverToClient) {
            ring.ownIndexRelease(0);
            memif.add(new BuiltinTxQueue(ring, Role.SERVER, regions, null, fault));
        }
        return memif;
    }

    void sendConnected() {
        ControlMessage connected = channel.compose(ControlMessage.Type.CONNECTED);
        channel.send(connected.text(ControlMessage.CONNECT_NAME_OFFSET, ControlMessage.NAME_LENGTH, offer.config().name()));
    }

    /** Frees what a client that never connected had brought. */
    void abandon() {
        rings().forEach(Ring::close);
        regions.close();
    }
}
