package io.mcm.ingest;

import static java.lang.System.Logger.Level.WARNING;

import io.mcm.foreign.DatagramBatch;
import io.mcm.foreign.Errno;
import io.mcm.foreign.Timer;
import io.mcm.metric.Counters;
import io.mcm.metric.LimitedLog;
import java.net.InetSocketAddress;

/**
 * A socket of a layer that has no descriptor to wait on: a timer says when to look. Datagrams are taken one by one without waiting, so that
 * time-outs of the layer never come into play. Owns its socket.
 */
public final class PolledSource implements PacketSource {

    private static final System.Logger LOG = System.getLogger(PolledSource.class.getName());
    private static final LimitedLog FAILURES = new LimitedLog(LOG, WARNING);

    private final SocketLayer layer;
    private final long socket;
    private final int port;
    private final Timer timer = new Timer();
    private final PollingPace pace = new PollingPace();
    private final Counters<IngestCounter> counters = new Counters<>(IngestCounter.class);
    private boolean closed;

    private PolledSource(SocketLayer layer, long socket, int port) {
        this.layer = layer;
        this.socket = socket;
        this.port = port;
        timer.set(PollingPace.AT_ONCE_NANOS);
    }

    /**
     * Binds the socket, which is closed where that fails.
     *
     * @param address with a port, for such a layer cannot be asked which one it has chosen
     * @throws io.mcm.foreign.SystemCallException where the port is taken or the address is not this machine's
     */
    public static PolledSource bind(SocketLayer layer, long socket, InetSocketAddress address) {
        try {
            if (address.getPort() == 0) {
                throw new IllegalArgumentException("UDP port 0, allowed are 1 to 65535");
            }
            layer.requestReceiveBuffer(socket, SocketConfig.DEFAULT_RECEIVE_BUFFER);
            layer.bind(socket, address);
            return new PolledSource(layer, socket, address.getPort());
        } catch (RuntimeException e) {
            layer.close(socket);
            throw e;
        }
    }

    @Override
    public int fd() {
        return timer.fd();
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public int receive(DatagramBatch batch) {
        batch.clear();
        int length = pace.isIdle() ? lookForErrno(batch) : look(batch);
        while (length >= 0) {
            batch.add(length);
            length = batch.isFull() ? -1 : look(batch);
        }
        timer.set(pace.afterLook(batch.count(), batch.isFull()));
        return batch.count();
    }

    private int look(DatagramBatch batch) {
        return layer.receive(socket, batch.nextAddress(), DatagramBatch.MAX_DATAGRAM_LENGTH);
    }

    /** To ask for the reason makes garbage, so only an idle port is asked. */
    private int lookForErrno(DatagramBatch batch) {
        int answer = layer.receiveForErrno(socket, batch.nextAddress(), DatagramBatch.MAX_DATAGRAM_LENGTH);
        if (answer < 0 && !SocketLayer.saysEmpty(answer)) {
            counters.increment(IngestCounter.RECEIVE_FAILED);
            FAILURES.log(() -> "UDP port " + port + ": " + Errno.text(-answer));
        }
        return answer;
    }

    @Override
    public Counters<IngestCounter> counters() {
        return counters;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            timer.close();
            layer.close(socket);
        }
    }
}
