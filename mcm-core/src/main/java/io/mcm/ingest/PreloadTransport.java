package io.mcm.ingest;

import io.mcm.foreign.InternetAddress;
import io.mcm.foreign.NativeFunction;
import io.mcm.foreign.NativeLibrary;
import java.net.InetSocketAddress;

/**
 * The sockets that this process would have in C: those of the layer that LD_PRELOAD puts before the C library (MTL's libmtl_udp_preload.so
 * or any other), or the C library's own where there is none. Uses socket, setsockopt, bind, recvfrom and close alone.
 */
public final class PreloadTransport implements Transport {

    private static final int SOCK_DGRAM = 2;

    private final SocketLayer layer;
    private final NativeFunction socket;

    public PreloadTransport() {
        NativeLibrary process = NativeLibrary.preloadedFirst();
        layer = new SocketLayer(process, "");
        socket = process.function("socket");
    }

    @Override
    public PacketSource bind(InetSocketAddress address) {
        // No flags: MTL's layer takes a type with SOCK_CLOEXEC for none of its own.
        int fd = socket.check("socket", "UDP", InternetAddress.family(address), SOCK_DGRAM, 0, 0, 0);
        return PolledSource.bind(layer, fd, address);
    }

    @Override
    public String toString() {
        return "preload";
    }
}
