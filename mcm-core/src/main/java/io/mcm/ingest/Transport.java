package io.mcm.ingest;

import java.net.InetSocketAddress;

/** A way for packets into this process: opens a {@link PacketSource} for each UDP port. Its sources are closed before it is. */
public interface Transport extends AutoCloseable {

    /**
     * Opens a UDP port.
     *
     * @throws io.mcm.foreign.SystemCallException where the port is taken or the address is not this machine's
     */
    PacketSource bind(InetSocketAddress address);

    @Override
    default void close() {}
}
