package io.mcm.proxy.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.mcm.control.DeliveryUnit;
import io.mcm.h264.DepacketizerConfig;
import io.mcm.h264.Packetizer;
import io.mcm.h264.PacketizerConfig;
import io.mcm.rtp.ReceiverConfig;
import io.mcm.rtp.RtpReceiver;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way from datagram to shared memory makes no garbage once it is warm. */
@Timeout(300)
class AllocationTest {

    private static final int ROUNDS = 20_000;
    private static final int BUFFER = 1024;
    private static final int PACKETS = 4;
    private static final int MAX_PACKET = 200;
    private static final int UNIT = MAX_PACKET * (PACKETS - 1);

    private final MemorySegment unit = Arena.ofAuto().allocate(UNIT).fill((byte) 0xe5);
    private final MemorySegment slab = Arena.ofAuto().allocate(PACKETS * MAX_PACKET);
    private final int[] lengths = new int[PACKETS];
    private int packets;

    /** Packets are made in the round too; that they cost nothing is what the packetizer's own test says. */
    @ParameterizedTest
    @CsvSource({"DROP_NAL, false, 1", "DROP_NAL, true, 1", "DROP_AU, true, 1", "DROP_UNTIL_IDR, true, 1",
        "DROP_NAL, true, 4", "DROP_UNTIL_IDR, true, 4"})
    void nothingIsAllocatedForAPacketOrANalUnit(LossPolicy policy, boolean described, int consumers) {
        FanOut fanOut = new FanOut(DeliveryConfig.of(DeliveryUnit.NALU, BUFFER).withLoss(policy), DepacketizerConfig.defaults(), _ -> 0, () -> 0);
        List<MemifPair> pairs = new ArrayList<>();
        try {
            for (int i = 0; i < consumers; i++) {
                Delivery delivery = fanOut.newDelivery();
                pairs.add(described ? MemifPair.described(delivery, 4, BUFFER) : MemifPair.of(delivery, 4, BUFFER));
                fanOut.join(delivery);
            }
            RtpReceiver receiver = new RtpReceiver(ReceiverConfig.defaults(), fanOut.sink());
            PacketizerConfig config = PacketizerConfig.defaults(1).withMaxPacketLength(MAX_PACKET);
            Packetizer packetizer = new Packetizer(
                config, 0, Arena.ofAuto().allocate(Packetizer.bufferLength(config)), this::keep);
            unit.set(ValueLayout.JAVA_BYTE, 0, (byte) 0x65);
            run(ROUNDS, pairs, receiver, packetizer);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            run(ROUNDS, pairs, receiver, packetizer);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;

            // Measuring allocates a little itself; one object a round would be 16 bytes and more.
            assertThat(allocated).isLessThan(ROUNDS);
            assertThat(pairs).allSatisfy(pair -> assertThat(pair.count(DeliveryCounter.UNITS)).isEqualTo(2 * ROUNDS));
        } finally {
            pairs.forEach(MemifPair::close);
        }
    }

    private void run(int rounds, List<MemifPair> pairs, RtpReceiver receiver, Packetizer packetizer) {
        for (int i = 0; i < rounds; i++) {
            packets = 0;
            packetizer.beginAccessUnit(i);
            packetizer.nalUnit(unit, 0, UNIT);
            packetizer.endAccessUnit();
            for (int p = 0; p < packets; p++) {
                receiver.accept(slab, (long) p * MAX_PACKET, lengths[p], i);
            }
            for (int p = 0; p < pairs.size(); p++) {
                pairs.get(p).buffer.publish(i);
                pairs.get(p).discard();
            }
        }
    }

    private void keep(MemorySegment segment, long offset, int length) {
        MemorySegment.copy(segment, offset, slab, (long) packets * MAX_PACKET, length);
        lengths[packets++] = length;
    }
}
