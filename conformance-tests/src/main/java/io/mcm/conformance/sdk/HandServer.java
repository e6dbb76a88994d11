package io.mcm.conformance.sdk;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.mcm.conformance.suite.CaseFailure;
import io.mcm.conformance.suite.MemifWire;
import io.mcm.conformance.suite.RingLayout;
import io.mcm.conformance.suite.Scene;
import io.mcm.foreign.EventFd;
import io.mcm.foreign.SharedMemory;
import io.mcm.foreign.UnixAddress;
import io.mcm.foreign.UnixSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The proxy's end of memif by hand: it greets, takes the client's memory and rings, and holds each message to {@code memif.h}. Layouts are
 * in {@link MemifWire} and {@link RingLayout}.
 */
final class HandServer implements AutoCloseable {

    /** As libmemif greets. */
    private static final int MAX_INDEX = 255;
    static final int MAX_LOG2 = 14;
    private static final int BACKLOG = 1;

    private final SdkScene sdk;
    private final MemifOffer offer;
    private final UnixSocket listener;
    private final MemorySegment incoming = Arena.ofAuto().allocate(MemifWire.MESSAGE, 8);
    private final List<SharedMemory> regions = new ArrayList<>();
    private final List<EventFd> interrupts = new ArrayList<>();
    private UnixSocket client;
    private int log2Limit = MAX_LOG2;
    private ServedRing toClient;
    private boolean fromClient;
    private boolean closed;

    private HandServer(SdkScene sdk, MemifOffer offer) {
        this.sdk = sdk;
        this.offer = offer;
        listener = UnixSocket.listen(new UnixAddress(offer.path()), BACKLOG);
    }

    static HandServer listen(SdkScene sdk, MemifOffer offer) {
        return sdk.scene().keep(new HandServer(sdk, offer));
    }

    /** The whole handshake. */
    ServedRing connect() throws CaseFailure {
        accept();
        hello(MemifWire.VERSION, MAX_LOG2);
        return handshake();
    }

    void accept() throws CaseFailure {
        boolean came = Scene.within(SdkScene.PATIENCE, () -> {
            client = listener.accept();
            return client != null || !sdk.process().isAlive();
        });
        if (!came || client == null) {
            throw new CaseFailure("a connection to the memif socket " + offer.path(), sdk.state());
        }
        sdk.scene().note("memif: connected");
    }

    void hello(int version, int maxLog2) {
        log2Limit = maxLog2;
        MemorySegment hello = MemifWire.message(MemifWire.HELLO);
        hello.setString(MemifWire.HELLO_NAME_OFFSET, "by hand");
        hello.set(JAVA_SHORT_UNALIGNED, MemifWire.HELLO_MIN_VERSION_OFFSET, (short) version);
        hello.set(JAVA_SHORT_UNALIGNED, MemifWire.HELLO_MAX_VERSION_OFFSET, (short) version);
        hello.set(JAVA_SHORT_UNALIGNED, MemifWire.HELLO_MAX_REGION_OFFSET, (short) MAX_INDEX);
        hello.set(JAVA_SHORT_UNALIGNED, MemifWire.HELLO_MAX_M2S_OFFSET, (short) MAX_INDEX);
        hello.set(JAVA_SHORT_UNALIGNED, MemifWire.HELLO_MAX_S2M_OFFSET, (short) MAX_INDEX);
        hello.set(JAVA_BYTE, MemifWire.HELLO_MAX_LOG2_OFFSET, (byte) maxLog2);
        send(hello);
    }

    void send(MemorySegment message) {
        sdk.scene().note("memif: sent message of type " + message.get(JAVA_BYTE, 0) + ", " + message.byteSize() + " bytes");
        client.send(message, -1);
    }

    void sendType(int type) {
        send(MemifWire.message(type));
    }

    void disconnect(String reason) {
        MemorySegment message = MemifWire.message(MemifWire.DISCONNECT);
        message.setString(MemifWire.DISCONNECT_TEXT_OFFSET, reason);
        send(message);
    }

    /** From INIT to CONNECTED, in order. */
    ServedRing handshake() throws CaseFailure {
        int last = MemifWire.HELLO;
        for (int type = receive(); type != MemifWire.CONNECT; type = receive()) {
            if (type < last || type > MemifWire.CONNECT || last == MemifWire.HELLO != (type == MemifWire.INIT)) {
                throw new CaseFailure("INIT, regions, rings, CONNECT one after the other", "a message of type " + type + " after " + last);
            }
            take(type);
            sendType(MemifWire.ACK);
            last = type;
        }
        HandshakeRules.connect(incoming);
        if (toClient == null || !fromClient) {
            throw new CaseFailure("a ring each way before CONNECT", "one is missing");
        }
        MemorySegment connected = MemifWire.message(MemifWire.CONNECTED);
        connected.setString(MemifWire.CONNECT_NAME_OFFSET, "by hand");
        send(connected);
        return toClient;
    }

    /** Type of the next message, which must be whole. */
    int receive() throws CaseFailure {
        int[] length = {MemifWire.WOULD_BLOCK};
        Scene.within(SdkScene.PATIENCE, () -> {
            length[0] = client.receive(incoming);
            return length[0] != MemifWire.WOULD_BLOCK;
        });
        int type = incoming.get(JAVA_SHORT_UNALIGNED, 0);
        sdk.scene().note(length[0] > 0 ? "memif: got message of type " + type + ", " + length[0] + " bytes" : "memif: got nothing");
        HandshakeRules.message(length[0], type, length[0] > 0 ? client.receivedDescriptors() : 0, sdk::state);
        return type;
    }

    private void take(int type) throws CaseFailure {
        switch (type) {
            case MemifWire.INIT -> HandshakeRules.init(incoming, offer);
            case MemifWire.ADD_REGION -> addRegion();
            default -> addRing();
        }
    }

    private void addRegion() throws CaseFailure {
        int descriptor = client.takeDescriptor();
        long size = HandshakeRules.region(incoming, regions.size(), descriptor);
        regions.add(SharedMemory.adopt(descriptor, size));
        sdk.scene().note("memif: region " + (regions.size() - 1) + " of " + incoming.get(JAVA_LONG_UNALIGNED, MemifWire.REGION_SIZE_OFFSET)
            + " bytes");
    }

    private void addRing() throws CaseFailure {
        EventFd interrupt = EventFd.adopt(client.takeDescriptor());
        interrupts.add(interrupt);
        List<MemorySegment> memory = regions.stream().map(SharedMemory::segment).toList();
        MemorySegment ring = HandshakeRules.ring(incoming, memory, Math.min(offer.effectiveLog2(), log2Limit));
        boolean s2m = (incoming.get(JAVA_SHORT_UNALIGNED, MemifWire.RING_FLAGS_OFFSET) & 1) != 0;
        if (s2m && fromClient || !s2m && toClient != null) {
            throw new CaseFailure("one ring each way, as offered", "another");
        }
        if (s2m) {
            fromClient = true;
        } else {
            toClient = new ServedRing(ring, memory, offer.capacity(), interrupt, sdk);
        }
    }

    /** Cookie of a ring that was mapped. */
    static int cookie(MemorySegment ring) {
        return ring.get(JAVA_INT_UNALIGNED, 0);
    }

    /** Whether the client has closed; what it says is passed over. */
    boolean isEnded() {
        int length = client.receive(incoming);
        return length <= 0 && length != MemifWire.WOULD_BLOCK;
    }

    /** As a proxy that dies: without a word, and nobody listens any more. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        listener.close();
        if (client != null) {
            client.close();
        }
        interrupts.forEach(EventFd::close);
        regions.forEach(SharedMemory::close);
        new java.io.File(offer.path()).delete();
    }
}
