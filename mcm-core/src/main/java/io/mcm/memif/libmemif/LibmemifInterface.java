package io.mcm.memif.libmemif;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.mcm.foreign.EventFd;
import io.mcm.memif.Fault;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifCounter;
import io.mcm.memif.MemifInterface;
import io.mcm.memif.PeerException;
import io.mcm.memif.RxQueue;
import io.mcm.memif.TxQueue;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/**
 * A connected interface of libmemif. When libmemif unmaps its memory, all views of it end first: who still holds one gets an {@link
 * IllegalStateException} from it.
 */
final class LibmemifInterface implements MemifInterface {

    private final Connection connection;
    private final Consumer<LibmemifInterface> teardown;
    private final Fault fault = new Fault();
    private final MappedRegions regions;
    private final LibmemifTxQueue[] tx;
    private final LibmemifRxQueue[] rx;
    private final String peerName;
    private final String peerApplication;
    private String disconnectReason;

    /**
     * Builds the queues, and on a slave offers all buffers.
     *
     * @param teardown ends the connection in libmemif; called once or more often
     * @throws PeerException for rings or regions that libmemif took and that cannot be
     */
    LibmemifInterface(Connection connection, MemifConfig config, Consumer<LibmemifInterface> teardown) {
        this.connection = connection;
        this.teardown = teardown;
        Details details = new Details(connection.library(), Arena.ofAuto());
        details.read(connection.handle());
        peerName = details.peerName();
        peerApplication = details.peerApplication();
        regions = new MappedRegions(details);
        tx = new LibmemifTxQueue[details.txQueues()];
        rx = new LibmemifRxQueue[details.rxQueues()];
        for (int i = 0; i < tx.length; i++) {
            int length = connection.role() == Role.SLAVE ? config.bufferLength() : LibmemifTxQueue.UNKNOWN;
            tx[i] = new LibmemifTxQueue(connection, i, checkedRingSize(details.txRingSize(i)), length, details, regions, fault);
        }
        for (int i = 0; i < rx.length; i++) {
            int size = checkedRingSize(details.rxRingSize(i));
            rx[i] = new LibmemifRxQueue(connection, i, size, interrupt(i), details, regions, fault);
            rx[i].start(config.polling());
        }
        connection.onUnmap(this::unmap);
    }

    private static int checkedRingSize(int size) {
        if (size < 1 || size > 1 << MemifConfig.MAX_LOG2_RING_SIZE) {
            throw new PeerException("ring of " + size + " descriptors, allowed are 1 to " + (1 << MemifConfig.MAX_LOG2_RING_SIZE));
        }
        return size;
    }

    private EventFd interrupt(int queue) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment fd = scratch.allocate(JAVA_INT);
            connection.library().check(connection.library().getQueueEfd(connection.handle(), queue, fd), "memif_get_queue_efd");
            return EventFd.borrow(fd.get(JAVA_INT, 0));
        }
    }

    private void unmap() {
        for (LibmemifRxQueue queue : rx) {
            queue.interrupt().close();
        }
        regions.close();
    }

    /** The connection has ended, for this reason if for none that was known before. */
    void end(String reason) {
        if (disconnectReason == null) {
            disconnectReason = reason;
        }
    }

    /** Whose doing the end is; to be asked before {@link #end} is told that the peer has left. */
    MemifCounter ending() {
        if (fault.reason() != null) {
            return MemifCounter.EXPELLED;
        }
        return isConnected() ? MemifCounter.LEFT : MemifCounter.DISMISSED;
    }

    @Override
    public TxQueue tx(int queue) {
        return tx[queue];
    }

    @Override
    public RxQueue rx(int queue) {
        return rx[queue];
    }

    @Override
    public int txQueues() {
        return tx.length;
    }

    @Override
    public int rxQueues() {
        return rx.length;
    }

    @Override
    public String peerName() {
        return peerName;
    }

    @Override
    public String peerApplication() {
        return peerApplication;
    }

    @Override
    public boolean isConnected() {
        return disconnectReason == null;
    }

    @Override
    public String disconnectReason() {
        return disconnectReason;
    }

    @Override
    public boolean flush() {
        for (int i = 0; isConnected() && i < tx.length; i++) {
            tx[i].publish();
        }
        return checkPeer();
    }

    @Override
    public boolean checkPeer() {
        if (fault.reason() != null) {
            disconnect(fault.reason());
        }
        return isConnected();
    }

    /** Here the memory ends with the connection on either side; the peer is not told the reason. */
    @Override
    public void disconnect(String reason) {
        if (isConnected()) {
            end(reason);
            teardown.accept(this);
        }
    }

    @Override
    public void close() {
        end("interface closed");
        teardown.accept(this);
    }
}
