package io.mcm.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.MissingTool;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every number that we took from a C header, against that header, where there is a C compiler. */
class CHeadersTest {

    private static final String INCLUDES = """
        #define _GNU_SOURCE
        #include <errno.h>
        #include <fcntl.h>
        #include <stddef.h>
        #include <stdio.h>
        #include <linux/sock_diag.h>
        #include <netinet/in.h>
        #include <netinet/udp.h>
        #include <sys/epoll.h>
        #include <sys/eventfd.h>
        #include <sys/mman.h>
        #include <sys/prctl.h>
        #include <sys/socket.h>
        #include <sys/stat.h>
        #include <sys/timerfd.h>
        #include <sys/uio.h>
        #include <poll.h>
        #include <time.h>
        #include <sys/un.h>
        #include <limits.h>
        """;

    /** Our constant, and what C calls it. */
    private static final String TABLE = """
        MessageHeader.IOVEC_LENGTH = sizeof(struct iovec)
        MessageHeader.IOVEC_BASE_OFFSET = offsetof(struct iovec, iov_base)
        MessageHeader.IOVEC_SIZE_OFFSET = offsetof(struct iovec, iov_len)
        MessageHeader.LENGTH = sizeof(struct msghdr)
        MessageHeader.IOV_OFFSET = offsetof(struct msghdr, msg_iov)
        MessageHeader.IOV_COUNT_OFFSET = offsetof(struct msghdr, msg_iovlen)
        MessageHeader.CONTROL_OFFSET = offsetof(struct msghdr, msg_control)
        MessageHeader.CONTROL_LENGTH_OFFSET = offsetof(struct msghdr, msg_controllen)
        MessageHeader.MULTI_LENGTH = sizeof(struct mmsghdr)
        MessageHeader.MULTI_RECEIVED_OFFSET = offsetof(struct mmsghdr, msg_len)
        MessageHeader.CONTROL_HEADER_LENGTH = CMSG_LEN(0)
        MessageHeader.CONTROL_SIZE_OFFSET = offsetof(struct cmsghdr, cmsg_len)
        MessageHeader.CONTROL_LEVEL_OFFSET = offsetof(struct cmsghdr, cmsg_level)
        MessageHeader.CONTROL_TYPE_OFFSET = offsetof(struct cmsghdr, cmsg_type)
        MessageHeader.SOL_SOCKET = SOL_SOCKET
        MessageHeader.SCM_RIGHTS = SCM_RIGHTS
        MessageHeader.MSG_TRUNC = MSG_TRUNC
        MessageHeader.MSG_DONTWAIT = MSG_DONTWAIT
        MessageHeader.MSG_NOSIGNAL = MSG_NOSIGNAL
        MessageHeader.MSG_CMSG_CLOEXEC = MSG_CMSG_CLOEXEC
        Reactor.EVENT_LENGTH = sizeof(struct epoll_event)
        Reactor.DATA_OFFSET = offsetof(struct epoll_event, data)
        Reactor.EPOLL_CLOEXEC = EPOLL_CLOEXEC
        Reactor.EPOLL_CTL_ADD = EPOLL_CTL_ADD
        Reactor.EPOLL_CTL_DEL = EPOLL_CTL_DEL
        Reactor.EPOLLIN = EPOLLIN
        EventFd.EFD_NONBLOCK = EFD_NONBLOCK
        EventFd.EFD_CLOEXEC = EFD_CLOEXEC
        Libc.RWF_NOWAIT = RWF_NOWAIT
        Timer.CLOCK_MONOTONIC = CLOCK_MONOTONIC
        Timer.TFD_NONBLOCK_CLOEXEC = TFD_NONBLOCK | TFD_CLOEXEC
        Timer.SPEC_LENGTH = sizeof(struct itimerspec)
        Timer.VALUE_SECONDS_OFFSET = offsetof(struct itimerspec, it_value.tv_sec)
        Timer.VALUE_NANOS_OFFSET = offsetof(struct itimerspec, it_value.tv_nsec)
        Descriptors.F_SETFL = F_SETFL
        Descriptors.POLLFD_LENGTH = sizeof(struct pollfd)
        Descriptors.POLLFD_FD_OFFSET = offsetof(struct pollfd, fd)
        Descriptors.POLLFD_EVENTS_OFFSET = offsetof(struct pollfd, events)
        Descriptors.POLLOUT = POLLOUT
        Descriptors.O_NONBLOCK = O_NONBLOCK
        SharedMemory.MFD_CLOEXEC = MFD_CLOEXEC
        SharedMemory.MFD_ALLOW_SEALING = MFD_ALLOW_SEALING
        SharedMemory.F_ADD_SEALS = F_ADD_SEALS
        SharedMemory.F_GET_SEALS = F_GET_SEALS
        SharedMemory.F_SEAL_SHRINK = F_SEAL_SHRINK
        SharedMemory.PROT_READ_WRITE = PROT_READ | PROT_WRITE
        SharedMemory.MAP_SHARED = MAP_SHARED
        SharedMemory.STAT_SIZE_OFFSET = offsetof(struct stat, st_size)
        UnixAddress.AF_UNIX = AF_UNIX
        UnixAddress.PATH_OFFSET = offsetof(struct sockaddr_un, sun_path)
        UnixAddress.LENGTH = sizeof(struct sockaddr_un)
        UnixSocket.SOCK_SEQPACKET = SOCK_SEQPACKET
        UnixSocket.SOCK_NONBLOCK_CLOEXEC = SOCK_NONBLOCK | SOCK_CLOEXEC
        UnixSocket.SO_PEERCRED = SO_PEERCRED
        UnixSocket.UCRED_LENGTH = sizeof(struct ucred)
        UnixSocket.UCRED_PROCESS_OFFSET = offsetof(struct ucred, pid)
        InternetAddress.AF_INET = AF_INET
        InternetAddress.AF_INET6 = AF_INET6
        UdpSocket.SOCK_DGRAM_NONBLOCK_CLOEXEC = SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC
        UdpSocket.SO_RCVBUF = SO_RCVBUF
        UdpSocket.IPPROTO_IPV6 = IPPROTO_IPV6
        UdpSocket.IPV6_V6ONLY = IPV6_V6ONLY
        InternetAddress.PORT_OFFSET = offsetof(struct sockaddr_in, sin_port)
        InternetAddress.IPV4_ADDRESS_OFFSET = offsetof(struct sockaddr_in, sin_addr)
        InternetAddress.IPV4_LENGTH = sizeof(struct sockaddr_in)
        InternetAddress.IPV6_ADDRESS_OFFSET = offsetof(struct sockaddr_in6, sin6_addr)
        InternetAddress.IPV6_SCOPE_OFFSET = offsetof(struct sockaddr_in6, sin6_scope_id)
        InternetAddress.IPV6_LENGTH = sizeof(struct sockaddr_in6)
        DatagramBatch.MAX_SLOTS = IOV_MAX
        UdpSocket.SO_MEMINFO = SO_MEMINFO
        UdpSocket.MEMINFO_LENGTH = SK_MEMINFO_VARS * sizeof(__u32)
        UdpSocket.MEMINFO_DROPS_OFFSET = SK_MEMINFO_DROPS * sizeof(__u32)
        UdpSocket.UDP_SEGMENT = UDP_SEGMENT
        SendBatch.UDP_SEGMENT = UDP_SEGMENT
        SendBatch.CONTROL_STRIDE = CMSG_SPACE(sizeof(uint16_t))
        SendBatch.CONTROL_LENGTH = CMSG_LEN(sizeof(uint16_t))
        DatagramSender.SOCK_DGRAM_CLOEXEC = SOCK_DGRAM | SOCK_CLOEXEC
        DatagramSender.SO_SNDBUF = SO_SNDBUF
        DatagramSender.IPPROTO_IP = IPPROTO_IP
        DatagramSender.IPPROTO_IPV6 = IPPROTO_IPV6
        DatagramSender.IP_TTL = IP_TTL
        DatagramSender.IP_MULTICAST_IF = IP_MULTICAST_IF
        DatagramSender.IP_MULTICAST_TTL = IP_MULTICAST_TTL
        DatagramSender.IPV6_UNICAST_HOPS = IPV6_UNICAST_HOPS
        DatagramSender.IPV6_MULTICAST_IF = IPV6_MULTICAST_IF
        DatagramSender.IPV6_MULTICAST_HOPS = IPV6_MULTICAST_HOPS
        DatagramSender.MREQN_LENGTH = sizeof(struct ip_mreqn)
        DatagramSender.MREQN_INTERFACE_OFFSET = offsetof(struct ip_mreqn, imr_ifindex)
        TimerSlack.PR_SET_TIMERSLACK = PR_SET_TIMERSLACK
        SlotControl.SO_TIMESTAMPNS = SCM_TIMESTAMPNS
        SlotControl.SO_RXQ_OVFL = SO_RXQ_OVFL
        SlotControl.SOL_UDP = SOL_UDP
        SlotControl.UDP_GRO = UDP_GRO
        SlotControl.TIMESPEC_LENGTH = sizeof(struct timespec)
        SlotControl.ROOM = CMSG_SPACE(sizeof(struct timespec)) + CMSG_SPACE(sizeof(__u32)) + CMSG_SPACE(sizeof(int))
        MulticastGroup.IPPROTO_IP = IPPROTO_IP
        MulticastGroup.IPPROTO_IPV6 = IPPROTO_IPV6
        MulticastGroup.MCAST_JOIN_GROUP = MCAST_JOIN_GROUP
        MulticastGroup.MCAST_JOIN_SOURCE_GROUP = MCAST_JOIN_SOURCE_GROUP
        MulticastGroup.GROUP_REQ_LENGTH = sizeof(struct group_req)
        MulticastGroup.INTERFACE_OFFSET = offsetof(struct group_req, gr_interface)
        MulticastGroup.GROUP_OFFSET = offsetof(struct group_req, gr_group)
        MulticastGroup.GROUP_SOURCE_REQ_LENGTH = sizeof(struct group_source_req)
        MulticastGroup.SOURCE_OFFSET = offsetof(struct group_source_req, gsr_source)
        Libc.CLOCK_REALTIME = CLOCK_REALTIME
        Errno.ENOENT = ENOENT
        Errno.EINTR = EINTR
        Errno.EIO = EIO
        Errno.EAGAIN = EAGAIN
        Errno.EACCES = EACCES
        Errno.EINVAL = EINVAL
        Errno.ENFILE = ENFILE
        Errno.EMFILE = EMFILE
        Errno.EPIPE = EPIPE
        Errno.EADDRINUSE = EADDRINUSE
        Errno.ECONNRESET = ECONNRESET
        Errno.ENOMEM = ENOMEM
        Errno.ETIMEDOUT = ETIMEDOUT
        Errno.ECONNREFUSED = ECONNREFUSED
        """;

    @Test
    void everyConstantIsWhatTheHeaderSays(@TempDir Path dir) throws Exception {
        Map<String, Long> header = runC(dir);
        Map<String, Long> ours = new TreeMap<>();
        for (String name : header.keySet()) {
            ours.put(name, constant(name));
        }
        assertThat(ours).hasSize((int) TABLE.lines().count()).isEqualTo(header);
    }

    @Test
    void roomForAStatIsEnough(@TempDir Path dir) throws Exception {
        assertThat(constant("SharedMemory.STAT_LENGTH")).isGreaterThanOrEqualTo(runC(dir, "stat = sizeof(struct stat)").get("stat"));
    }

    private static long constant(String name) throws ReflectiveOperationException {
        int dot = name.indexOf('.');
        Field field = Class.forName("io.mcm.foreign." + name.substring(0, dot)).getDeclaredField(name.substring(dot + 1));
        field.setAccessible(true);
        return ((Number) field.get(null)).longValue();
    }

    private static Map<String, Long> runC(Path dir) throws Exception {
        return runC(dir, TABLE.lines().toArray(String[]::new));
    }

    private static Map<String, Long> runC(Path dir, String... rows) throws Exception {
        List<String> prints = new ArrayList<>();
        for (String row : rows) {
            String[] sides = row.split(" = ", 2);
            prints.add("printf(\"%s %%ld\\n\", (long)(%s));".formatted(sides[0], sides[1]));
        }
        Path source = Files.writeString(dir.resolve("sizes.c"), INCLUDES + "int main(void) {" + String.join("\n", prints) + "}");
        run("cc", "-o", dir.resolve("sizes").toString(), source.toString());
        Map<String, Long> values = new TreeMap<>();
        run(dir.resolve("sizes").toString()).lines().map(line -> line.split(" "))
            .forEach(pair -> values.put(pair[0], Long.valueOf(pair[1])));
        return values;
    }

    private static String run(String... command) throws Exception {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes());
            assertThat(process.waitFor()).as(output).isZero();
            return output;
        } catch (IOException e) {
            MissingTool.report("no C compiler here: apt-get install gcc libc6-dev");
            throw e;
        }
    }
}
