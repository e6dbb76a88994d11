package io.mcm.foreign;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Datagrams that leave together by one sendmmsg(2). Where trains are allowed, datagrams of one length that lie side by side in memory become one
 * message, which the kernel cuts (UDP_SEGMENT, udp(7)); the last of a train may be shorter. The bytes are not copied: they must stay until the
 * batch has been sent. Allocates nothing.
 *
 * <pre>
 *   control of a train    cmsghdr 0:16   datagram length 16:2   pad to 24
 * </pre>
 */
public final class SendBatch implements AutoCloseable {

    /** Messages of one call: more gain nothing that can be measured. */
    public static final int MAX_MESSAGES = 64;
    /** UDP_MAX_SEGMENTS (include/linux/udp.h) before Linux 6.9; 128 since. */
    static final int MAX_TRAIN = 64;
    /** The largest UDP payload over IPv4 (RFC 768, RFC 791: 65,535 less both headers), which a whole train must be, too. */
    static final int MAX_LENGTH = 65_507;

    private static final int UDP_SEGMENT = 103;
    private static final long CONTROL_STRIDE = MessageHeader.controlSpace(Short.BYTES);
    private static final int CONTROL_LENGTH = MessageHeader.CONTROL_HEADER_LENGTH + Short.BYTES;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment headers = arena.allocate((long) MAX_MESSAGES * MessageHeader.MULTI_LENGTH, 8);
    private final MemorySegment vectors = arena.allocate((long) MAX_MESSAGES * MessageHeader.IOVEC_LENGTH, 8);
    private final MemorySegment controls = arena.allocate(MAX_MESSAGES * CONTROL_STRIDE, 8);
    private final long[] addresses = new long[MAX_MESSAGES];
    private final int[] lengths = new int[MAX_MESSAGES];
    private final int[] segmentLengths = new int[MAX_MESSAGES];
    private final int[] counts = new int[MAX_MESSAGES];
    private int messages;
    private int longestSegment;
    private boolean open;

    /** @param trains whether datagrams may leave as trains */
    public SendBatch(boolean trains) {
        longestSegment = trains ? MAX_LENGTH : 0;
        for (int i = 0; i < MAX_MESSAGES; i++) {
            headers.set(JAVA_LONG, header(i) + MessageHeader.IOV_OFFSET, vectors.address() + vector(i));
            headers.set(JAVA_LONG, header(i) + MessageHeader.IOV_COUNT_OFFSET, 1);
            controls.set(JAVA_LONG, control(i) + MessageHeader.CONTROL_SIZE_OFFSET, CONTROL_LENGTH);
            controls.set(JAVA_INT, control(i) + MessageHeader.CONTROL_LEVEL_OFFSET, SlotControl.SOL_UDP);
            controls.set(JAVA_INT, control(i) + MessageHeader.CONTROL_TYPE_OFFSET, UDP_SEGMENT);
        }
    }

    /**
     * Adds a datagram of {@code length} bytes of native memory.
     *
     * @return false where the batch is full: send it first
     */
    public boolean add(MemorySegment segment, long offset, int length) {
        long address = segment.address() + offset;
        if (open && joins(address, length)) {
            open = length == segmentLengths[messages - 1];
            lengths[messages - 1] += length;
            counts[messages - 1]++;
            return true;
        }
        if (messages == MAX_MESSAGES) {
            return false;
        }
        addresses[messages] = address;
        lengths[messages] = length;
        segmentLengths[messages] = length;
        counts[messages] = 1;
        messages++;
        open = length > 0 && length <= longestSegment;
        return true;
    }

    private boolean joins(long address, int length) {
        int last = messages - 1;
        return address == addresses[last] + lengths[last] && length > 0 && length <= segmentLengths[last]
            && counts[last] < MAX_TRAIN && lengths[last] + length <= MAX_LENGTH;
    }

    /** From now on only shorter datagrams become trains: the kernel has refused one of these, the path's MTU being less. */
    void refuseTrainsOf(int segmentLength) {
        longestSegment = Math.min(longestSegment, segmentLength - 1);
    }

    /** From now on there are no trains: what the packets leave by cannot do them. */
    void refuseTrains() {
        longestSegment = 0;
    }

    public boolean trains() {
        return longestSegment > 0;
    }

    public boolean isEmpty() {
        return messages == 0;
    }

    void clear() {
        messages = 0;
        open = false;
    }

    /** Writes what C takes; messages. */
    int prepare() {
        for (int i = 0; i < messages; i++) {
            vectors.set(JAVA_LONG, vector(i) + MessageHeader.IOVEC_BASE_OFFSET, addresses[i]);
            vectors.set(JAVA_LONG, vector(i) + MessageHeader.IOVEC_SIZE_OFFSET, lengths[i]);
            boolean train = counts[i] > 1;
            headers.set(JAVA_LONG, header(i) + MessageHeader.CONTROL_OFFSET, train ? controls.address() + control(i) : 0);
            headers.set(JAVA_LONG, header(i) + MessageHeader.CONTROL_LENGTH_OFFSET, train ? CONTROL_STRIDE : 0);
            controls.set(JAVA_SHORT, control(i) + MessageHeader.CONTROL_HEADER_LENGTH, (short) segmentLengths[i]);
        }
        return messages;
    }

    private static long header(int message) {
        return (long) message * MessageHeader.MULTI_LENGTH;
    }

    private static long vector(int message) {
        return (long) message * MessageHeader.IOVEC_LENGTH;
    }

    private static long control(int message) {
        return message * CONTROL_STRIDE;
    }

    /** The message's header, as sendmsg(2) takes it, and sendmmsg(2) from there on. */
    MemorySegment message(int message) {
        return headers.asSlice(header(message), MessageHeader.MULTI_LENGTH);
    }

    long messageAddress(int message) {
        return headers.address() + header(message);
    }

    int count(int message) {
        return counts[message];
    }

    int segmentLength(int message) {
        return segmentLengths[message];
    }

    /** The n-th datagram of a message. */
    MemorySegment datagram(int message, int n) {
        long from = (long) n * segmentLengths[message];
        return MemorySegment.ofAddress(addresses[message] + from).reinterpret(Math.min(segmentLengths[message], lengths[message] - from));
    }

    @Override
    public void close() {
        arena.close();
    }
}
