package io.mcm.ingest;

import io.mcm.foreign.Errno;
import io.mcm.foreign.InternetAddress;
import io.mcm.foreign.NativeFunction;
import io.mcm.foreign.NativeLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;

/**
 * Functions shaped as the C library's for sockets, by another name or in another library; what they call a socket may be a descriptor or an
 * address. Only those that such layers are known to have: no recvmmsg, no getsockname, no epoll.
 */
public final class SocketLayer {

    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUF = 8;
    private static final int MSG_DONTWAIT = 0x40;

    private final String prefix;
    private final NativeFunction bind;
    private final NativeFunction setsockopt;
    private final NativeFunction recvfrom;
    private final NativeFunction close;

    /**
     * @param prefix of each function's name
     * @throws UnsatisfiedLinkError where one is missing
     */
    public SocketLayer(NativeLibrary library, String prefix) {
        this.prefix = prefix;
        bind = library.function(prefix + "bind");
        setsockopt = library.function(prefix + "setsockopt");
        recvfrom = library.function(prefix + "recvfrom");
        close = library.function(prefix + "close");
    }

    void bind(long socket, InetSocketAddress address) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment name = InternetAddress.allocate(address, scratch);
            bind.check(prefix + "bind", "UDP " + address, socket, name.address(), name.byteSize(), 0, 0);
        }
    }

    /** A wish: a layer that has no such buffer may refuse, and does no harm. */
    void requestReceiveBuffer(long socket, int bytes) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment value = scratch.allocateFrom(ValueLayout.JAVA_INT, bytes);
            setsockopt.call(socket, SOL_SOCKET, SO_RCVBUF, value.address(), value.byteSize(), 0);
        }
    }

    /** The length of the datagram that is at {@code address} now; negative where none is, whatever the reason. */
    int receive(long socket, long address, int capacity) {
        return recvfrom.call(socket, address, capacity, MSG_DONTWAIT, 0, 0);
    }

    /** The same, but tells the reason: {@code -errno}. Makes garbage. */
    int receiveForErrno(long socket, long address, int capacity) {
        return recvfrom.callForErrno(socket, address, capacity, MSG_DONTWAIT, 0, 0);
    }

    /** Whether {@link #receiveForErrno} said that none waited. MTL says ETIMEDOUT where a receive time-out is set and EAGAIN elsewhere. */
    static boolean saysEmpty(int answer) {
        return answer == -Errno.EAGAIN || answer == -Errno.ETIMEDOUT || answer == -Errno.EINTR;
    }

    public void close(long socket) {
        close.call(socket);
    }
}
