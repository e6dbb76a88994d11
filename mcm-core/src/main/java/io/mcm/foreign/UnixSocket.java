package io.mcm.foreign;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A Unix socket of type SOCK_SEQPACKET: whole messages in order, each with at most one descriptor of ours and any number of the
 * peer's. Non-blocking. Owns its descriptor, and those received until they are taken.
 */
public final class UnixSocket implements AutoCloseable {

    private static final int SOCK_SEQPACKET = 5;
    private static final int SOCK_NONBLOCK_CLOEXEC = 0x80800;

    private static final int SO_PEERCRED = 17;
    /** {@code struct ucred}: process 0:4, user 4:4, group 8:4. */
    private static final int UCRED_LENGTH = 12;
    private static final int UCRED_PROCESS_OFFSET = 0;

    /** Descriptors seen in one message; the kernel drops those past it. One is allowed, so two are enough to tell. */
    private static final int MAX_DESCRIPTORS = 4;

    private final int fd;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment iovec = arena.allocate(MessageHeader.IOVEC_LENGTH, 8);
    private final MemorySegment message = arena.allocate(MessageHeader.LENGTH, 8);
    private final MemorySegment control = arena.allocate(MessageHeader.controlSpace(MAX_DESCRIPTORS * Integer.BYTES), 8);
    private final int[] received = new int[MAX_DESCRIPTORS];
    private int receivedCount;
    private boolean closed;

    private UnixSocket(int fd) {
        this.fd = fd;
        message.set(JAVA_LONG, MessageHeader.IOV_OFFSET, iovec.address());
        message.set(JAVA_LONG, MessageHeader.IOV_COUNT_OFFSET, 1);
    }

    private static UnixSocket open() {
        int type = SOCK_SEQPACKET | SOCK_NONBLOCK_CLOEXEC;
        return new UnixSocket((int) SystemCallException.check(
            Libc.socket(UnixAddress.AF_UNIX, type, 0), "socket", "AF_UNIX, SOCK_SEQPACKET"));
    }

    /** @throws SystemCallException for one, EADDRINUSE where the path exists */
    public static UnixSocket listen(UnixAddress address, int backlog) {
        UnixSocket socket = open();
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment name = address.toNative(scratch);
            SystemCallException.check(Libc.bind(socket.fd, name, name.byteSize()), "bind", address);
            SystemCallException.check(Libc.listen(socket.fd, backlog), "listen", address);
            return socket;
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** @throws SystemCallException for one, ENOENT or ECONNREFUSED where nobody listens */
    public static UnixSocket connect(UnixAddress address) {
        UnixSocket socket = open();
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment name = address.toNative(scratch);
            SystemCallException.check(Libc.connect(socket.fd, name, name.byteSize()), "connect", address);
            return socket;
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * The next connection of a listening socket, or null where none waits.
     *
     * @throws SystemCallException EMFILE or ENFILE where no descriptor is free; the connection goes on waiting
     */
    public UnixSocket accept() {
        long accepted = Libc.accept4(fd, SOCK_NONBLOCK_CLOEXEC);
        if (accepted == -Errno.EMFILE || accepted == -Errno.ENFILE) {
            throw new SystemCallException("accept4", String.valueOf(fd), (int) -accepted);
        }
        return accepted < 0 ? null : new UnixSocket((int) accepted);
    }

    /** The process that connected (SO_PEERCRED); 0 where it lives in a namespace of processes that we cannot see. */
    public int peerProcess() {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment credentials = scratch.allocate(UCRED_LENGTH, Integer.BYTES);
            MemorySegment length = scratch.allocate(JAVA_INT);
            length.set(JAVA_INT, 0, UCRED_LENGTH);
            SystemCallException.check(
                Libc.getsockopt(fd, MessageHeader.SOL_SOCKET, SO_PEERCRED, credentials, length), "getsockopt", "SO_PEERCRED");
            return credentials.get(JAVA_INT, UCRED_PROCESS_OFFSET);
        }
    }

    public int fd() {
        return fd;
    }

    /**
     * Sends one message.
     *
     * @param passed a descriptor to go with it, or -1
     * @return whether it was taken; if not, the peer is gone or does not read
     */
    public boolean send(MemorySegment bytes, int passed) {
        describe(bytes);
        long controlLength = passed < 0 ? 0 : attach(passed);
        message.set(JAVA_LONG, MessageHeader.CONTROL_OFFSET, controlLength == 0 ? 0 : control.address());
        message.set(JAVA_LONG, MessageHeader.CONTROL_LENGTH_OFFSET, controlLength);
        return Libc.sendmsg(fd, message, MessageHeader.MSG_NOSIGNAL | MessageHeader.MSG_DONTWAIT) == bytes.byteSize();
    }

    private long attach(int passed) {
        control.set(JAVA_LONG, MessageHeader.CONTROL_SIZE_OFFSET, MessageHeader.CONTROL_HEADER_LENGTH + Integer.BYTES);
        control.set(JAVA_INT, MessageHeader.CONTROL_LEVEL_OFFSET, MessageHeader.SOL_SOCKET);
        control.set(JAVA_INT, MessageHeader.CONTROL_TYPE_OFFSET, MessageHeader.SCM_RIGHTS);
        control.set(JAVA_INT, MessageHeader.CONTROL_HEADER_LENGTH, passed);
        return MessageHeader.controlSpace(Integer.BYTES);
    }

    /**
     * Receives one message. Descriptors that came with the one before and were not taken are closed.
     *
     * @return its true length, which may be more than the buffer took; 0 where the peer has closed; {@code -errno} otherwise
     */
    public int receive(MemorySegment into) {
        closeReceived();
        describe(into);
        message.set(JAVA_LONG, MessageHeader.CONTROL_OFFSET, control.address());
        message.set(JAVA_LONG, MessageHeader.CONTROL_LENGTH_OFFSET, control.byteSize());
        int flags = MessageHeader.MSG_DONTWAIT | MessageHeader.MSG_TRUNC | MessageHeader.MSG_CMSG_CLOEXEC;
        int length = (int) Libc.recvmsg(fd, message, flags);
        if (length >= 0) {
            collectDescriptors(message.get(JAVA_LONG, MessageHeader.CONTROL_LENGTH_OFFSET));
        }
        return length;
    }

    /** Walks the control messages: a peer's credentials (SO_PASSCRED) may stand before its descriptors. */
    private void collectDescriptors(long controlLength) {
        long at = 0;
        while (at + MessageHeader.CONTROL_HEADER_LENGTH <= controlLength) {
            long size = control.get(JAVA_LONG, at + MessageHeader.CONTROL_SIZE_OFFSET);
            if (control.get(JAVA_INT, at + MessageHeader.CONTROL_TYPE_OFFSET) == MessageHeader.SCM_RIGHTS) {
                for (long i = at + MessageHeader.CONTROL_HEADER_LENGTH; i + Integer.BYTES <= at + size; i += Integer.BYTES) {
                    received[receivedCount++] = control.get(JAVA_INT, i);
                }
            }
            at += size + 7 & ~7L;
        }
    }

    private void describe(MemorySegment bytes) {
        iovec.set(JAVA_LONG, MessageHeader.IOVEC_BASE_OFFSET, bytes.address());
        iovec.set(JAVA_LONG, MessageHeader.IOVEC_SIZE_OFFSET, bytes.byteSize());
    }

    /** Descriptors that came with the last message. */
    public int receivedDescriptors() {
        return receivedCount;
    }

    /** Hands over the only descriptor of the last message; from here on the caller owns it. */
    public int takeDescriptor() {
        if (receivedCount != 1) {
            throw new IllegalStateException(receivedCount + " descriptors came, one can be taken");
        }
        receivedCount = 0;
        return received[0];
    }

    private void closeReceived() {
        while (receivedCount > 0) {
            Descriptors.close(received[--receivedCount]);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            closeReceived();
            Descriptors.close(fd);
            arena.close();
        }
    }
}
