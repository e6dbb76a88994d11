package io.mcm.conformance.control;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.conformance.process.Await;
import io.mcm.foreign.EventFd;
import io.mcm.foreign.SharedMemory;
import io.mcm.foreign.UnixAddress;
import io.mcm.foreign.UnixSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * Does what libmemif 4.0 does as a client (slave) for the C SDK, with its numbers and its habits: messages out of memory that was never
 * cleared, rings in region 0, buffers in region 1. Written from memif.h, with nothing of our memif package.
 *
 * <pre>
 *   region 0   ring to the server 0 | ring to the client 128 + 16 n       ring: cookie 0:4  flags 4:2  head 6:2  tail 64:2  descriptors 128
 *   region 1   n buffers, n buffers                                       descriptor: flags 0:2  region 2:2  length 4:4  offset 8:4
 * </pre>
 */
final class LibmemifClient implements AutoCloseable {

    private static final int MESSAGE_LENGTH = 128;
    private static final int ACK = 1;
    private static final int HELLO = 2;
    private static final int INIT = 3;
    private static final int ADD_REGION = 4;
    private static final int ADD_RING = 5;
    private static final int CONNECT = 6;
    private static final int CONNECTED = 7;
    private static final short VERSION = 0x0200;
    private static final byte GARBAGE = 0x5e;

    private static final int COOKIE = 0x03E31F20;
    private static final int HEAD = 6;
    private static final int TAIL = 64;
    private static final int DESCRIPTORS = 128;
    private static final int DESCRIPTOR_LENGTH = 16;
    private static final VarHandle COUNTER = JAVA_SHORT.varHandle();

    private final Arena arena = Arena.ofShared();
    private final MemorySegment message = arena.allocate(MESSAGE_LENGTH);
    private final UnixSocket socket;
    private final EventFd toServer = EventFd.create();
    private final EventFd toClient = EventFd.create();
    private final int slots;
    private final int log2;
    private final int bufferSize;
    private final SharedMemory rings;
    private final SharedMemory buffers;
    private final MemorySegment ring;
    private int taken;

    private LibmemifClient(ConnParam param) {
        log2 = param.u8(ConnParam.LOG2_RING_SIZE);
        slots = 1 << log2;
        bufferSize = param.u32(ConnParam.BUFFER_SIZE);
        rings = SharedMemory.create("memif region 0", 2 * stride());
        buffers = SharedMemory.create("memif region 1", 2L * slots * bufferSize);
        ring = rings.segment().asSlice(stride());
        socket = UnixSocket.connect(new UnixAddress(param.path()));
    }

    private long stride() {
        return DESCRIPTORS + (long) DESCRIPTOR_LENGTH * slots;
    }

    /** Connects, and offers all buffers. */
    static LibmemifClient connect(ConnParam param) throws InterruptedException {
        LibmemifClient client = new LibmemifClient(param);
        client.handshake(param);
        for (int slot = 0; slot < client.slots; slot++) {
            client.offer(slot);
        }
        return client;
    }

    private void handshake(ConnParam param) throws InterruptedException {
        expect(HELLO);
        assertThat(message.get(JAVA_SHORT, 34)).as("min_version").isLessThanOrEqualTo(VERSION);
        assertThat(message.get(JAVA_SHORT, 36)).as("max_version").isGreaterThanOrEqualTo(VERSION);
        begin(INIT).set(JAVA_SHORT, 2, VERSION);
        message.set(JAVA_INT, 4, param.u32(ConnParam.INTERFACE_ID));
        message.set(JAVA_BYTE, 8, (byte) 0);
        message.setString(33, "mcm");
        send(-1);
        addRegion(0, rings);
        addRegion(1, buffers);
        rings.segment().set(JAVA_INT, 0, COOKIE);
        ring.set(JAVA_INT, 0, COOKIE);
        addRing(1, 0, toServer);
        addRing(0, (int) stride(), toClient);
        begin(CONNECT).setString(2, "memif_rx_0");
        send(-1, CONNECTED);
    }

    private void addRegion(int index, SharedMemory region) throws InterruptedException {
        begin(ADD_REGION).set(JAVA_SHORT, 2, (short) index);
        message.set(JAVA_LONG_UNALIGNED, 4, region.segment().byteSize());
        send(region.fd());
    }

    /** The first ring of its direction. */
    private void addRing(int flags, int offset, EventFd interrupt) throws InterruptedException {
        begin(ADD_RING).set(JAVA_SHORT, 2, (short) flags);
        message.set(JAVA_SHORT, 4, (short) 0);
        message.set(JAVA_SHORT, 6, (short) 0);
        message.set(JAVA_INT, 8, offset);
        message.set(JAVA_BYTE, 12, (byte) log2);
        message.set(JAVA_SHORT_UNALIGNED, 13, (short) 0);
        send(interrupt.fd());
    }

    private MemorySegment begin(int type) {
        message.fill(GARBAGE).set(JAVA_SHORT, 0, (short) type);
        return message;
    }

    private void send(int descriptor) throws InterruptedException {
        send(descriptor, ACK);
    }

    private void send(int descriptor, int answer) throws InterruptedException {
        assertThat(socket.send(message, descriptor)).isTrue();
        expect(answer);
    }

    private void expect(int type) throws InterruptedException {
        int[] length = {-1};
        Await.until("message " + type, () -> (length[0] = socket.receive(message)) >= 0, () -> "");
        assertThat(length[0]).isEqualTo(MESSAGE_LENGTH);
        assertThat((int) message.get(JAVA_SHORT, 0)).as("message type").isEqualTo(type);
    }

    /** The next buffer, as long as its descriptor says; it is offered again. */
    byte[] receive() throws InterruptedException {
        Await.until("buffer " + taken, () -> (short) COUNTER.getAcquire(ring, (long) TAIL) != (short) taken, () -> "");
        MemorySegment descriptor = descriptor(taken);
        assertThat(descriptor.get(JAVA_SHORT, 0)).as("flags: not chained").isZero();
        byte[] bytes = buffers.segment().asSlice(descriptor.get(JAVA_INT, 8) & 0xffffffffL, descriptor.get(JAVA_INT, 4)).toArray(JAVA_BYTE);
        offer(taken + slots);
        taken++;
        return bytes;
    }

    private void offer(int index) {
        MemorySegment descriptor = descriptor(index);
        descriptor.set(JAVA_SHORT, 0, (short) 0);
        descriptor.set(JAVA_SHORT, 2, (short) 1);
        descriptor.set(JAVA_INT, 4, bufferSize);
        descriptor.set(JAVA_INT, 8, (slots + index % slots) * bufferSize);
        COUNTER.setRelease(ring, (long) HEAD, (short) (index + 1));
    }

    private MemorySegment descriptor(int index) {
        return ring.asSlice(DESCRIPTORS + (long) DESCRIPTOR_LENGTH * (index % slots), DESCRIPTOR_LENGTH);
    }

    @Override
    public void close() {
        socket.close();
        toServer.close();
        toClient.close();
        rings.close();
        buffers.close();
        arena.close();
    }
}
