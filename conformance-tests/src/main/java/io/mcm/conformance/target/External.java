package io.mcm.conformance.target;

import java.net.InetSocketAddress;

/** Somebody's proxy, started by whoever wants to know; its memif sockets must be reachable from here. */
public record External(InetSocketAddress control) implements Target {

    @Override
    public String name() {
        return control.getHostString() + ":" + control.getPort();
    }

    @Override
    public boolean revive() {
        return false;
    }

    @Override
    public void close() {
        // It is not ours.
    }
}
