package io.mcm.rtp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.mcm.PlantedFault;
import io.mcm.metric.Counters;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Datagrams of any bytes, at any time: nothing throws, nothing is read past a datagram, the sink's contract holds, what is passed on is
 * a datagram that came, no more packets are held than the window has, and every datagram is in one counter. Without JAZZER_FUZZ the inputs that are committed beside this class are replayed; {@code ci/fuzz} looks for new ones.
 *
 * <pre>
 *   input      window 0:4 packets, less 1   then datagrams
 *   datagram   pause before, squared, in ms:1   length:1   bytes
 * </pre>
 */
class ReceiverFuzzTest {

    private static final int MAX_DATAGRAM = 0xff;
    private static final MemorySegment MEMORY = Arena.ofAuto().allocate(MAX_DATAGRAM);
    private static final long NANOS_PER_MILLI = 1_000_000;
    /** Short inputs are many a second, and a dozen datagrams show every state. */
    private static final int MAX_INPUT = 256;

    @FuzzTest
    void anyDatagrams(byte[] input) {
        if (input.length == 0 || input.length > MAX_INPUT) {
            return;
        }
        Contract sink = new Contract(input);
        ReceiverConfig config = ReceiverConfig.defaults().withWindow(1 + (input[0] & 0xf), ReorderWindow.DEFAULT_NANOS);
        RtpReceiver receiver = new RtpReceiver(config, sink);
        long datagrams = play(input, receiver, sink, config.windowPackets());
        receiver.flush();

        Counters<RtpCounter> counters = receiver.counters();
        require(datagrams == counters.get(RtpCounter.PACKETS) + counters.get(RtpCounter.TOO_SHORT)
            + counters.get(RtpCounter.WRONG_VERSION) + counters.get(RtpCounter.OVERRUN) + counters.get(RtpCounter.RTCP)
            + counters.get(RtpCounter.RTCP_PAYLOAD_TYPE) + counters.get(RtpCounter.FOREIGN_SSRC));
        require(counters.get(RtpCounter.PACKETS) == sink.packets + counters.get(RtpCounter.DUPLICATED)
            + counters.get(RtpCounter.LATE) + counters.get(RtpCounter.STRAY) + counters.get(RtpCounter.FOREIGN_PAYLOAD_TYPE));
        require(counters.get(RtpCounter.LOST) >= sink.lost);
        require(counters.get(RtpCounter.FOREIGN_PAYLOAD_TYPE) >= sink.skipped);
        PlantedFault.at(counters.get(RtpCounter.RESTART) > 0 & counters.get(RtpCounter.SOURCE_CHANGE) > 0
            & counters.get(RtpCounter.DUPLICATED) > 0);
    }

    private static long play(byte[] input, RtpReceiver receiver, Contract sink, int window) {
        long now = 0;
        long datagrams = 0;
        for (int at = 1; at + 2 <= input.length; datagrams++) {
            long pause = input[at++] & 0xff;
            int length = Math.min(input[at++] & 0xff, input.length - at);
            now += pause * pause * NANOS_PER_MILLI;
            MemorySegment datagram = MEMORY.asSlice(MAX_DATAGRAM - length, length);
            MemorySegment.copy(input, at, datagram, JAVA_BYTE, 0, length);
            sink.sent(at, length);
            receiver.accept(datagram, 0, length, now);
            receiver.poll(now);
            require(receiver.deadline() > now && receiver.held() < window);
            at += length;
        }
        return datagrams;
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new AssertionError();
        }
    }

    /** What {@link RtpSink} promises; and every packet is, byte for byte, a datagram that was sent. */
    private static final class Contract implements RtpSink {

        private final MemorySegment input;
        private final int[] starts;
        private final int[] lengths;
        private int datagrams;
        private boolean started;
        private long next;
        private long packets;
        private long lost;
        private int lastType;
        /** Numbers without a packet that were not told as lost: those of other payload types. */
        private long skipped;

        Contract(byte[] input) {
            this.input = MemorySegment.ofArray(input);
            starts = new int[input.length];
            lengths = new int[input.length];
        }

        void sent(int start, int length) {
            starts[datagrams] = start;
            lengths[datagrams++] = length;
        }

        private boolean wasSent(RtpPacket packet) {
            int n = datagrams - 1;
            while (n >= 0 && (lengths[n] != packet.length() || MemorySegment.mismatch(packet.segment(), packet.base(),
                    packet.base() + packet.length(), input, starts[n], starts[n] + lengths[n]) >= 0)) {
                n--;
            }
            return n >= 0;
        }

        @Override
        public void packet(RtpPacket packet, long extendedSequence, long arrivalNanos) {
            long least = packet.payloadType() == lastType ? next : next - 1;
            require(!started || extendedSequence >= least);
            skipped += started ? Math.max(0, extendedSequence - next) : 0;
            lastType = packet.payloadType();
            require((extendedSequence & 0xffff) == packet.sequence());
            require(packet.payloadLength() >= 0 && packet.payloadStart() + packet.payloadLength() <= packet.segment().byteSize());
            require(wasSent(packet));
            started = true;
            next = extendedSequence + 1;
            packets++;
        }

        @Override
        public void lost(int count) {
            require(started && count > 0);
            next += count;
            lost += count;
        }

        @Override
        public void end() {
            require(started);
            started = false;
        }
    }
}
