package io.mcm.foreign;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Membership of a multicast group, of either family (RFC 3678 section 5, netinet/in.h). The socket leaves when it is closed.
 *
 * <pre>
 *   struct group_req           interface 0:4   pad 4   group 8:128                    136 bytes
 *   struct group_source_req    interface 0:4   pad 4   group 8:128   source 136:128   264 bytes
 * </pre>
 */
final class MulticastGroup {

    private static final int IPPROTO_IP = 0;
    private static final int IPPROTO_IPV6 = 41;
    private static final int MCAST_JOIN_GROUP = 42;
    private static final int MCAST_JOIN_SOURCE_GROUP = 46;

    private static final int INTERFACE_OFFSET = 0;
    private static final int GROUP_OFFSET = 8;
    private static final int GROUP_REQ_LENGTH = 136;
    private static final int SOURCE_OFFSET = 136;
    private static final int GROUP_SOURCE_REQ_LENGTH = 264;

    private MulticastGroup() {}

    /**
     * @param interfaceIndex 0 for the one that the routes name
     * @param source whose datagrams alone the network is asked for; null for everybody's
     */
    static void join(int fd, InetAddress group, int interfaceIndex, InetAddress source) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment request = scratch.allocate(source == null ? GROUP_REQ_LENGTH : GROUP_SOURCE_REQ_LENGTH, 8);
            request.set(JAVA_INT, INTERFACE_OFFSET, interfaceIndex);
            put(group, request, GROUP_OFFSET, scratch);
            if (source != null) {
                put(source, request, SOURCE_OFFSET, scratch);
            }
            int level = group.getAddress().length == Integer.BYTES ? IPPROTO_IP : IPPROTO_IPV6;
            int option = source == null ? MCAST_JOIN_GROUP : MCAST_JOIN_SOURCE_GROUP;
            SystemCallException.check(Libc.setsockopt(fd, level, option, request), "setsockopt",
                source == null ? "MCAST_JOIN_GROUP " + text(group, interfaceIndex)
                    : "MCAST_JOIN_SOURCE_GROUP " + text(group, interfaceIndex) + " from " + source.getHostAddress());
        }
    }

    private static String text(InetAddress group, int interfaceIndex) {
        return group.getHostAddress() + (interfaceIndex == 0 ? "" : " on interface " + interfaceIndex);
    }

    private static void put(InetAddress address, MemorySegment request, long offset, Arena scratch) {
        MemorySegment name = InternetAddress.allocate(new InetSocketAddress(address, 0), scratch);
        MemorySegment.copy(name, 0, request, offset, name.byteSize());
    }
}
