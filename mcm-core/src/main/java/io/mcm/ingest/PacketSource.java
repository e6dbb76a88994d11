package io.mcm.ingest;

import io.mcm.foreign.DatagramBatch;

/** One UDP port that datagrams are taken from, in batches. Belongs to one thread. */
public interface PacketSource extends AutoCloseable {

    /** Readable while {@link #receive} has something. */
    int fd();

    /** The local UDP port. */
    int port();

    /**
     * Takes what has arrived, as much as the batch holds.
     *
     * @return datagrams now in the batch; fewer than its capacity where no more wait
     */
    int receive(DatagramBatch batch);

    @Override
    void close();
}
