package io.mcm.camera.send;

/**
 * How sockets send.
 *
 * @param hops routers that a packet may pass, 1 to 255; 0 for the system's default, which is 1 for multicast
 * @param interfaceIndex where multicast leaves; 0 for the interface that the routes name
 * @param trains whether packets of one length that are due together leave as one train that the kernel cuts (UDP_SEGMENT). Cheaper by far, but who
 *     looks at the packets on this machine, as tcpdump does, sees the train
 */
public record UdpConfig(int hops, int interfaceIndex, boolean trains) {

    private static final int MAX_HOPS = 255;

    public UdpConfig {
        if (hops < 0 || hops > MAX_HOPS) {
            throw new IllegalArgumentException("hops " + hops + "; allowed are 1 to " + MAX_HOPS);
        }
    }

    public static UdpConfig defaults() {
        return new UdpConfig(0, 0, false);
    }

    public UdpConfig withTrains(boolean wanted) {
        return new UdpConfig(hops, interfaceIndex, wanted);
    }
}
