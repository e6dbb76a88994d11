package io.mcm.perf.camera;

import io.mcm.foreign.DatagramBatch;
import io.mcm.foreign.Reactor;
import io.mcm.foreign.UdpSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.HdrHistogram.Histogram;

/** A thread that receives RTP, and keeps when the kernel says that each packet arrived (SO_TIMESTAMPNS). */
final class ArrivalRecorder implements AutoCloseable {

    private static final int BUFFER = 4 << 20;
    private static final int SLOTS = 64;
    private static final long LOOK_NANOS = 20_000_000;
    private static final long NONE = Long.MIN_VALUE;
    private static final int SEQUENCE_OFFSET = 2;
    private static final long MAX_NANOS = 60_000_000_000L;

    private final UdpSocket socket;
    private final Reactor reactor = new Reactor();
    private final DatagramBatch batch = new DatagramBatch(SLOTS);
    private final long[] arrivals;
    private final Thread thread;
    private volatile boolean running = true;
    private volatile long received;

    /** @param packets of which the arrivals are kept by their sequence numbers, at most 65,536 */
    ArrivalRecorder(InetSocketAddress address, int packets) {
        socket = UdpSocket.bind(address);
        socket.requestReceiveBuffer(BUFFER);
        socket.tellArrivalsAndDrops();
        arrivals = new long[packets];
        Arrays.fill(arrivals, NONE);
        reactor.add(socket.fd(), this::drain);
        thread = Thread.ofPlatform().name("arrivals").start(() -> {
            while (running) {
                reactor.poll(LOOK_NANOS);
            }
        });
    }

    private void drain() {
        do {
            int count = socket.receive(batch);
            for (int i = 0; i < count; i++) {
                int high = batch.slab().get(java.lang.foreign.ValueLayout.JAVA_BYTE, batch.offset(i) + SEQUENCE_OFFSET) & 0xff;
                int low = batch.slab().get(java.lang.foreign.ValueLayout.JAVA_BYTE, batch.offset(i) + SEQUENCE_OFFSET + 1) & 0xff;
                int sequence = high << 8 | low;
                if (sequence < arrivals.length && arrivals[sequence] == NONE) {
                    arrivals[sequence] = batch.arrival(i);
                }
            }
            long before = received;
            received = before + count;
        } while (batch.isFull());
    }

    InetSocketAddress address(InetSocketAddress asked) {
        return new InetSocketAddress(asked.getAddress(), socket.port());
    }

    long received() {
        return received;
    }

    /**
     * How late each packet was against the schedule, the most punctual one taken for on time.
     *
     * @param drift how much later the last hundred were than the first, medians
     */
    record Seen(Histogram lateness, long drift, int packets) {}

    Seen seen(EvenCapture capture) {
        long[] offsets = new long[arrivals.length];
        int count = 0;
        for (int i = 0; i < arrivals.length; i++) {
            if (arrivals[i] != NONE) {
                offsets[count++] = arrivals[i] - capture.dueNanos(i);
            }
        }
        Histogram lateness = new Histogram(MAX_NANOS, 3);
        long earliest = Arrays.stream(offsets, 0, count).min().orElse(0);
        Arrays.stream(offsets, 0, count).forEach(offset -> lateness.recordValue(Math.min(MAX_NANOS, offset - earliest)));
        return new Seen(lateness, median(offsets, Math.max(0, count - 100), count) - median(offsets, 0, Math.min(100, count)), count);
    }

    private static long median(long[] values, int from, int to) {
        long[] sorted = Arrays.copyOfRange(values, from, to);
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }

    @Override
    public void close() {
        running = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reactor.remove(socket.fd());
        reactor.close();
        socket.close();
        batch.close();
    }
}
