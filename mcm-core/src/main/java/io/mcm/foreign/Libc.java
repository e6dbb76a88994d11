package io.mcm.foreign;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The functions of the C library that we use, under their own names; see their man pages (section 2). Each answers what C answers, or {@code
 * -errno}. Those on the data path are linked when their group is first used.
 */
final class Libc {

    private static final int RWF_NOWAIT = 8;
    private static final int CLOCK_REALTIME = 0;

    private Libc() {}

    /** Descriptors and events. */
    private static final class Events {
        static final MethodHandle READ = Downcall.three("read");
        static final MethodHandle WRITE = Downcall.three("write");
        static final MethodHandle CLOSE = Downcall.three("close");
        static final MethodHandle EVENTFD = Downcall.three("eventfd");
        static final MethodHandle POLL = Downcall.three("poll");
        static final MethodHandle TIMERFD_CREATE = Downcall.three("timerfd_create");
        static final MethodHandle TIMERFD_SETTIME = Downcall.six("timerfd_settime");
        static final MethodHandle FCNTL = Downcall.three("fcntl");
        static final MethodHandle IOCTL = Downcall.three("ioctl");
        static final MethodHandle EPOLL_CREATE1 = Downcall.three("epoll_create1");
        static final MethodHandle EPOLL_CTL = Downcall.six("epoll_ctl");
        static final MethodHandle EPOLL_WAIT = Downcall.withoutErrno("epoll_wait");
        static final MethodHandle EVENTFD_READ = Downcall.withoutErrno("eventfd_read");
        static final MethodHandle PREADV2 = Downcall.withoutErrno("preadv2");
        static final MethodHandle EVENTFD_WRITE = Downcall.withoutErrno("eventfd_write");
        static final MethodHandle CLOCK_GETTIME = Downcall.withoutErrno("clock_gettime");
    }

    /** The calling thread. */
    private static final class Threads {
        static final MethodHandle PRCTL = Downcall.three("prctl");
    }

    /** Shared memory. */
    private static final class Memory {
        static final MethodHandle MEMFD_CREATE = Downcall.three("memfd_create");
        static final MethodHandle FTRUNCATE = Downcall.three("ftruncate");
        static final MethodHandle FSTAT = Downcall.three("fstat");
        static final MethodHandle MMAP = Downcall.six("mmap");
        static final MethodHandle MUNMAP = Downcall.three("munmap");
    }

    /** Sockets. */
    private static final class Sockets {
        static final MethodHandle SOCKET = Downcall.three("socket");
        static final MethodHandle BIND = Downcall.three("bind");
        static final MethodHandle LISTEN = Downcall.three("listen");
        static final MethodHandle CONNECT = Downcall.three("connect");
        static final MethodHandle ACCEPT4 = Downcall.six("accept4");
        static final MethodHandle SENDTO = Downcall.six("sendto");
        static final MethodHandle SENDMSG = Downcall.three("sendmsg");
        static final MethodHandle RECVMSG = Downcall.three("recvmsg");
        static final MethodHandle RECVMMSG = Downcall.withoutErrno("recvmmsg");
        static final MethodHandle SENDMMSG = Downcall.withoutErrno("sendmmsg");
        static final MethodHandle SETSOCKOPT = Downcall.six("setsockopt");
        static final MethodHandle GETSOCKOPT = Downcall.six("getsockopt");
        static final MethodHandle GETSOCKNAME = Downcall.three("getsockname");
    }

    static long read(int fd, MemorySegment buffer, long count) {
        return Downcall.call(Events.READ, fd, buffer.address(), count);
    }

    static long write(int fd, MemorySegment buffer, long count) {
        return Downcall.call(Events.WRITE, fd, buffer.address(), count);
    }

    static long close(int fd) {
        return Downcall.call(Events.CLOSE, fd, 0, 0);
    }

    static long eventfd(int initial, int flags) {
        return Downcall.call(Events.EVENTFD, initial, flags, 0);
    }

    /** Variadic in C; with an integer third argument the call is the same on both ABIs that we run on. */
    static long fcntl(int fd, int command, long argument) {
        return Downcall.call(Events.FCNTL, fd, command, argument);
    }

    /** Variadic in C, as fcntl is. */
    static long ioctl(int fd, long request, MemorySegment argument) {
        return Downcall.call(Events.IOCTL, fd, request, argument.address());
    }

    static long epoll_create1(int flags) {
        return Downcall.call(Events.EPOLL_CREATE1, flags, 0, 0);
    }

    static long epoll_ctl(int epoll, int operation, int fd, MemorySegment event) {
        return Downcall.call(Events.EPOLL_CTL, epoll, operation, fd, event.address(), 0, 0);
    }

    /** -1, whatever went wrong. */
    static int epoll_wait(int epoll, MemorySegment events, int max, int timeoutMillis) {
        return (int) Downcall.callWithoutErrno(Events.EPOLL_WAIT, epoll, events.address(), max, timeoutMillis, 0, 0);
    }

    /** -1, whatever went wrong. */
    static int eventfd_read(int fd, MemorySegment value) {
        return (int) Downcall.callWithoutErrno(Events.EVENTFD_READ, fd, value.address(), 0, 0, 0, 0);
    }

    /**
     * From where the file is, into one piece, without waiting whatever the file's flags are (RWF_NOWAIT; for eventfds since Linux 5.8). -1,
     * whatever went wrong.
     */
    static int preadv2_nowait(int fd, MemorySegment iovec) {
        return (int) Downcall.callWithoutErrno(Events.PREADV2, fd, iovec.address(), 1, -1, RWF_NOWAIT, 0);
    }

    /** -1, whatever went wrong. */
    static int eventfd_write(int fd, long value) {
        return (int) Downcall.callWithoutErrno(Events.EVENTFD_WRITE, fd, value, 0, 0, 0, 0);
    }

    /** clock_gettime(CLOCK_REALTIME): seconds and nanoseconds since 1970, eight bytes each. */
    static void clock_realtime(MemorySegment timespec) {
        Downcall.callWithoutErrno(Events.CLOCK_GETTIME, CLOCK_REALTIME, timespec.address(), 0, 0, 0, 0);
    }

    static long poll(MemorySegment asked, int count, int timeoutMillis) {
        return Downcall.call(Events.POLL, asked.address(), count, timeoutMillis);
    }

    static long timerfd_create(int clock, int flags) {
        return Downcall.call(Events.TIMERFD_CREATE, clock, flags, 0);
    }

    static long timerfd_settime(int fd, MemorySegment spec) {
        return Downcall.call(Events.TIMERFD_SETTIME, fd, 0, spec.address(), 0, 0, 0);
    }

    /** Variadic in C, as fcntl is. */
    static long prctl(int option, long argument) {
        return Downcall.call(Threads.PRCTL, option, argument, 0);
    }

    static long memfd_create(MemorySegment name, int flags) {
        return Downcall.call(Memory.MEMFD_CREATE, name.address(), flags, 0);
    }

    static long ftruncate(int fd, long length) {
        return Downcall.call(Memory.FTRUNCATE, fd, length, 0);
    }

    static long fstat(int fd, MemorySegment stat) {
        return Downcall.call(Memory.FSTAT, fd, stat.address(), 0);
    }

    static long mmap(long address, long length, int protection, int flags, int fd, long offset) {
        return Downcall.call(Memory.MMAP, address, length, protection, flags, fd, offset);
    }

    static long munmap(long address, long length) {
        return Downcall.call(Memory.MUNMAP, address, length, 0);
    }

    static long socket(int domain, int type, int protocol) {
        return Downcall.call(Sockets.SOCKET, domain, type, protocol);
    }

    static long bind(int fd, MemorySegment address, long length) {
        return Downcall.call(Sockets.BIND, fd, address.address(), length);
    }

    static long listen(int fd, int backlog) {
        return Downcall.call(Sockets.LISTEN, fd, backlog, 0);
    }

    static long connect(int fd, MemorySegment address, long length) {
        return Downcall.call(Sockets.CONNECT, fd, address.address(), length);
    }

    static long accept4(int fd, int flags) {
        return Downcall.call(Sockets.ACCEPT4, fd, 0, 0, flags, 0, 0);
    }

    static long sendto(int fd, MemorySegment bytes, long length, int flags, MemorySegment name, long nameLength) {
        return Downcall.call(Sockets.SENDTO, fd, bytes.address(), length, flags, name.address(), nameLength);
    }

    static long sendmsg(int fd, MemorySegment message, int flags) {
        return Downcall.call(Sockets.SENDMSG, fd, message.address(), flags);
    }

    static long recvmsg(int fd, MemorySegment message, int flags) {
        return Downcall.call(Sockets.RECVMSG, fd, message.address(), flags);
    }

    /** -1, whatever went wrong. */
    static int recvmmsg(int fd, MemorySegment messages, int count, int flags) {
        return (int) Downcall.callWithoutErrno(Sockets.RECVMMSG, fd, messages.address(), count, flags, 0, 0);
    }

    /** Messages taken, from the first on; -1, whatever went wrong, where it was none. */
    static int sendmmsg(int fd, long messages, int count, int flags) {
        return (int) Downcall.callWithoutErrno(Sockets.SENDMMSG, fd, messages, count, flags, 0, 0);
    }

    static long setsockopt(int fd, int level, int option, MemorySegment value) {
        return Downcall.call(Sockets.SETSOCKOPT, fd, level, option, value.address(), value.byteSize(), 0);
    }

    static long getsockopt(int fd, int level, int option, MemorySegment value, MemorySegment length) {
        return Downcall.call(Sockets.GETSOCKOPT, fd, level, option, value.address(), length.address(), 0);
    }

    static long getsockname(int fd, MemorySegment address, MemorySegment length) {
        return Downcall.call(Sockets.GETSOCKNAME, fd, address.address(), length.address());
    }
}
