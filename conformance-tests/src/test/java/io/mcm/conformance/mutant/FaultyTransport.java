package io.mcm.conformance.mutant;

import io.mcm.foreign.DatagramBatch;
import io.mcm.foreign.PeerFilter;
import io.mcm.ingest.IngestCounter;
import io.mcm.ingest.KernelTransport;
import io.mcm.ingest.PacketSource;
import io.mcm.ingest.Transport;
import io.mcm.metric.Counters;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** Kernel sockets whose datagrams a {@link PacketFault} has changed when they come. */
final class FaultyTransport implements Transport {

    private final Transport kernel = new KernelTransport();
    private final Supplier<PacketFault> faults;

    FaultyTransport(Supplier<PacketFault> faults) {
        this.faults = faults;
    }

    @Override
    public PacketSource bind(InetSocketAddress address) {
        return bind(address, null);
    }

    @Override
    public PacketSource bind(InetSocketAddress address, PeerFilter from) {
        return new Source(kernel.bind(address, from), faults.get());
    }

    private static final class Source implements PacketSource {

        private final PacketSource kernel;
        private final PacketFault fault;
        /** One slot, so that what waits changed never fills more than a turn of the worker. */
        private final DatagramBatch received = new DatagramBatch(1);
        private final Deque<Packet> waiting = new ArrayDeque<>();

        Source(PacketSource kernel, PacketFault fault) {
            this.kernel = kernel;
            this.fault = fault;
        }

        @Override
        public int receive(DatagramBatch batch) {
            batch.clear();
            if (waiting.isEmpty()) {
                take();
            }
            while (!waiting.isEmpty() && !batch.isFull()) {
                put(waiting.poll(), batch);
            }
            return batch.count();
        }

        private void take() {
            int count = kernel.receive(received);
            for (int i = 0; i < count; i++) {
                MemorySegment datagram = received.slab().asSlice(received.offset(i), received.length(i));
                waiting.addAll(fault.of(new Packet(datagram.toArray(ValueLayout.JAVA_BYTE))));
            }
        }

        private static void put(Packet packet, DatagramBatch batch) {
            long at = batch.nextAddress() - batch.slab().address();
            MemorySegment.copy(packet.bytes(), 0, batch.slab(), ValueLayout.JAVA_BYTE, at, packet.bytes().length);
            batch.add(packet.bytes().length);
        }

        @Override
        public int fd() {
            return kernel.fd();
        }

        @Override
        public int port() {
            return kernel.port();
        }

        @Override
        public Counters<IngestCounter> counters() {
            return kernel.counters();
        }

        @Override
        public int receiveBuffer() {
            return kernel.receiveBuffer();
        }

        @Override
        public void close() {
            kernel.close();
            received.close();
        }
    }
}
