package io.mcm.ingest;

import io.mcm.foreign.DatagramBatch;
import io.mcm.metric.Counters;

/** One UDP port that datagrams are taken from, in batches. Belongs to one thread; its counters may be read from any. */
public interface PacketSource extends AutoCloseable {

    /** Readable when {@link #receive} is to be called: something waits, or it is time to ask whether something does. */
    int fd();

    /** The local UDP port. */
    int port();

    /**
     * Takes what has arrived, as much as the batch holds.
     *
     * @return datagrams now in the batch; unless it {@link DatagramBatch#isFull is full}, no more wait
     */
    int receive(DatagramBatch batch);

    /** What went wrong before a datagram reached a batch. */
    Counters<IngestCounter> counters();

    /** Bytes that the kernel holds at most for this port while nobody looks; 0 where it does not say. */
    default int receiveBuffer() {
        return 0;
    }

    @Override
    void close();
}
