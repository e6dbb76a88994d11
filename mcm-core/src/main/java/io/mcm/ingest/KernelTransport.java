package io.mcm.ingest;

import io.mcm.foreign.PeerFilter;
import java.net.InetSocketAddress;

/** Kernel sockets, which need nothing. */
public final class KernelTransport implements Transport {

    private final SocketConfig config;

    public KernelTransport() {
        this(SocketConfig.defaults());
    }

    public KernelTransport(SocketConfig config) {
        this.config = config;
    }

    @Override
    public PacketSource bind(InetSocketAddress address) {
        return bind(address, null);
    }

    @Override
    public PacketSource bind(InetSocketAddress address, PeerFilter from) {
        return bindAnswering(address, from);
    }

    @Override
    public KernelSource bindAnswering(InetSocketAddress address, PeerFilter from) {
        return KernelSource.bind(address, config, from);
    }

    @Override
    public String toString() {
        return "kernel";
    }
}
