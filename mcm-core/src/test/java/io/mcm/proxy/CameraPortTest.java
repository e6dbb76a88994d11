package io.mcm.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.control.DeliveryUnit;
import io.mcm.foreign.DatagramBatch;
import io.mcm.h264.H264Counter;
import io.mcm.ingest.IngestCounter;
import io.mcm.ingest.PacketSource;
import io.mcm.metric.Counters;
import io.mcm.rtp.RtpCounter;
import io.mcm.rtp.RtpDatagram;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A camera's port whose turn ends with exactly its last batch's last place. */
class CameraPortTest {

    private static final int BATCH = 4;
    /** CameraPort takes four batches a turn. */
    private static final int TURN = 4 * BATCH;
    /** The one that does not come. */
    private static final int GAP = 10;

    @TempDir
    private Path folder;

    private final Waiting socket = new Waiting();
    private final long start = System.nanoTime();

    private CameraPort port() {
        SessionConfig config = new SessionConfig(InetAddress.getLoopbackAddress(), folder, DeliveryUnit.NALU, 2048, 4);
        return new CameraPort(socket, null, config, () -> start);
    }

    private DatagramBatch batch() {
        return new DatagramBatch(BATCH, () -> start);
    }

    private static List<Integer> turnWithGap() {
        return IntStream.rangeClosed(1, TURN + 1).filter(i -> i != GAP).boxed().toList();
    }

    @Test
    void aGapIsGivenUpInTimeThoughNoFurtherPacketTellsThatTheSocketIsEmpty() {
        try (CameraPort port = port(); DatagramBatch batch = batch()) {
            socket.packets.addAll(turnWithGap());
            port.receive(batch, start);
            assertThat(socket.packets).isEmpty();
            assertThat(port.rtpCounters().get(RtpCounter.LOST)).isZero();
            long deadline = port.deadline();
            assertThat(deadline).isBetween(start, Long.MAX_VALUE - 1);
            port.expire(batch, deadline);
            assertThat(port.rtpCounters().get(RtpCounter.LOST)).isEqualTo(1);
            assertThat(port.h264Counters().get(H264Counter.NAL_UNITS)).isEqualTo(TURN);
        }
    }

    @Test
    void whatStillWaitsInTheSocketMayBeWhatIsMissing() {
        try (CameraPort port = port(); DatagramBatch batch = batch()) {
            socket.packets.addAll(Stream.concat(turnWithGap().stream(), Stream.of(GAP)).toList());
            port.receive(batch, start);
            assertThat(socket.packets).containsExactly(GAP);
            port.expire(batch, port.deadline());
            assertThat(port.rtpCounters().get(RtpCounter.LOST)).isZero();
            assertThat(port.h264Counters().get(H264Counter.NAL_UNITS)).isEqualTo(TURN + 1);
        }
    }

    /** A socket in which packets wait, by their sequence numbers. */
    private static final class Waiting implements PacketSource {

        private final ArrayDeque<Integer> packets = new ArrayDeque<>();
        private final Counters<IngestCounter> counters = new Counters<>(IngestCounter.class);

        @Override
        public int receive(DatagramBatch batch) {
            batch.clear();
            while (!packets.isEmpty() && !batch.isFull()) {
                byte[] bytes = RtpDatagram.of(packets.poll()).marker().bytes();
                MemorySegment.copy(MemorySegment.ofArray(bytes), 0, batch.slab(), batch.nextOffset(), bytes.length);
                batch.add(bytes.length);
            }
            return batch.count();
        }

        @Override
        public int fd() {
            return -1;
        }

        @Override
        public int port() {
            return 5004;
        }

        @Override
        public Counters<IngestCounter> counters() {
            return counters;
        }

        @Override
        public void close() {}
    }
}
