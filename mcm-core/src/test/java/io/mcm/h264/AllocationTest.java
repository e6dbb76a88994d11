package io.mcm.h264;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.mcm.rtp.ReceiverConfig;
import io.mcm.rtp.RtpCounter;
import io.mcm.rtp.RtpDatagram;
import io.mcm.rtp.RtpReceiver;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** The way from datagram to NAL unit and back makes no garbage once it is warm. */
class AllocationTest {

    private static final int ROUNDS = 20_000;
    private static final int PACKETS_PER_ROUND = 4;
    private static final int MAX_PACKET = 200;
    private static final byte[] UNIT = new byte[MAX_PACKET * (PACKETS_PER_ROUND - 1)];

    private final MemorySegment unit = RtpDatagram.placedAt(0, UNIT);
    private final MemorySegment slab = Arena.ofAuto().allocate(PACKETS_PER_ROUND * MAX_PACKET);
    private final int[] lengths = new int[PACKETS_PER_ROUND];
    private final RtpReceiver receiver = new RtpReceiver(ReceiverConfig.defaults(), new Depacketizer(new NoSink()));
    private final Packetizer packetizer;
    private int packets;
    private long units;

    AllocationTest() {
        PacketizerConfig config = PacketizerConfig.defaults(1).withMaxPacketLength(MAX_PACKET);
        MemorySegment buffer = Arena.ofAuto().allocate(Packetizer.bufferLength(config));
        packetizer = new Packetizer(config, 0, buffer, this::keep);
        unit.set(ValueLayout.JAVA_BYTE, 0, (byte) 0x65);
    }

    private void keep(MemorySegment segment, long offset, int length) {
        MemorySegment.copy(segment, offset, slab, (long) packets * MAX_PACKET, length);
        lengths[packets++] = length;
    }

    /** The second packet of every round comes after the third. */
    private void round(int timestamp) {
        packets = 0;
        packetizer.beginAccessUnit(timestamp);
        packetizer.nalUnit(unit, 0, UNIT.length);
        packetizer.endAccessUnit();
        arrive(0);
        arrive(2);
        arrive(1);
        arrive(3);
    }

    private void arrive(int packet) {
        receiver.accept(slab, (long) packet * MAX_PACKET, lengths[packet], 0);
    }

    @Test
    void nothingIsAllocatedPerPacket() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < ROUNDS; i++) {
            round(i);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < ROUNDS; i++) {
            round(i);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        // Measuring allocates a little itself; one object a round would be 16 bytes and more.
        assertThat(allocated).isLessThan(ROUNDS);
        assertThat(units).isEqualTo(2 * ROUNDS);
        assertThat(receiver.counters().get(RtpCounter.REORDERED)).isEqualTo(2 * ROUNDS);
    }

    private final class NoSink implements NalUnitSink {

        @Override
        public void begin(NalUnitOrigin origin, int header) {
            units++;
        }

        @Override
        public void append(MemorySegment from, long offset, int length) {
        }

        @Override
        public void end() {
        }

        @Override
        public void abandon() {
        }

        @Override
        public void endAccessUnit() {
        }
    }
}
