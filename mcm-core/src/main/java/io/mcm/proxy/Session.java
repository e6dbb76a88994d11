package io.mcm.proxy;

import io.mcm.control.MemifParam;
import io.mcm.control.UnitMetadata;
import io.mcm.foreign.Reactor;
import io.mcm.memif.ConnectionListener;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifCounter;
import io.mcm.memif.MemifInterface;
import io.mcm.memif.MemifServer;
import io.mcm.metric.Counters;
import io.mcm.proxy.delivery.Delivery;
import io.mcm.proxy.delivery.DeliveryCounter;

/**
 * One consumer of a camera port: its own delivery and its own memif. Belongs to the port's worker's thread from {@link #listen} on; its counters may
 * be read from any.
 */
final class Session implements AutoCloseable, ConnectionListener {

    private static final int INTERFACE_ID = 0;

    private final int id;
    private final CameraPort port;
    private final SessionConfig config;
    private final Delivery delivery;
    private MemifServer server;
    private MemifParam memifParam;

    Session(int id, CameraPort port, SessionConfig config) {
        this.id = id;
        this.port = port;
        this.config = config;
        delivery = port.newDelivery();
    }

    /**
     * The consumer may connect from now on.
     *
     * @throws io.mcm.foreign.SystemCallException where the path is in use
     */
    void listen(Reactor reactor, String name, String socketPath) {
        int bufferLength = config.delivery().bufferLength();
        server = config.engine().listen(reactor, socketPath, UnitMetadata.announce(MemifConfig.DEFAULT_APPLICATION));
        memifParam = MemifParam.forClient(socketPath, name, bufferLength, config.log2RingSize(), INTERFACE_ID);
        server.offer(MemifConfig.of(INTERFACE_ID, name, config.log2RingSize(), bufferLength), this);
    }

    int id() {
        return id;
    }

    CameraPort port() {
        return port;
    }

    /** What the consumer needs to connect. */
    MemifParam memifParam() {
        return memifParam;
    }

    Delivery delivery() {
        return delivery;
    }

    @Override
    public void connected(MemifInterface memif) {
        delivery.attach(memif);
        port.consumerConnected();
    }

    @Override
    public void disconnected(MemifInterface memif, String reason) {
        delivery.detach();
    }

    Counters<MemifCounter> memifCounters() {
        return server.counters();
    }

    Counters<DeliveryCounter> deliveryCounters() {
        return delivery.counters();
    }

    @Override
    public void close() {
        server.close();
    }
}
