package io.mcm.ingest;

import io.mcm.foreign.PeerFilter;
import java.net.InetSocketAddress;

/** A way for packets into this process: opens a {@link PacketSource} for each UDP port. Its sources are closed before it is. */
public interface Transport extends AutoCloseable {

    /**
     * Opens a UDP port.
     *
     * @throws io.mcm.foreign.SystemCallException where the port is taken or the address is not this machine's
     */
    PacketSource bind(InetSocketAddress address);

    /**
     * Opens a UDP port for one sender.
     *
     * @param from whose datagrams are taken; null for everybody's
     * @throws IllegalArgumentException where this transport cannot leave out others, or join a group
     */
    default PacketSource bind(InetSocketAddress address, PeerFilter from) {
        if (from != null) {
            throw new IllegalArgumentException("only packets from " + from + ": transport " + this + " does not tell senders apart, kernel does");
        }
        if (address.getAddress().isMulticastAddress()) {
            throw new IllegalArgumentException("multicast group " + address.getAddress().getHostAddress() + ": transport " + this
                + " joins none, kernel does");
        }
        return bind(address);
    }

    /** Opens a UDP port that can answer, for RTCP: the kernel's, whatever the transport. */
    default KernelSource bindAnswering(InetSocketAddress address, PeerFilter from) {
        return KernelSource.bind(address, SocketConfig.defaults(), from);
    }

    @Override
    default void close() {}
}
