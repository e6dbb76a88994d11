package io.mcm.ingest;

import java.net.InetSocketAddress;

/** Kernel sockets, which need nothing. */
public final class KernelTransport implements Transport {

    @Override
    public PacketSource bind(InetSocketAddress address) {
        return KernelSource.bind(address);
    }

    @Override
    public String toString() {
        return "kernel";
    }
}
