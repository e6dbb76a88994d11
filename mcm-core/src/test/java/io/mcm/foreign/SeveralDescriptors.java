package io.mcm.foreign;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What our own side never does: one message with any number of descriptors. */
public final class SeveralDescriptors {

    private SeveralDescriptors() {}

    public static long send(UnixSocket socket, MemorySegment bytes, int fd, int count) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment iovec = arena.allocate(MessageHeader.IOVEC_LENGTH, 8);
            iovec.set(JAVA_LONG, MessageHeader.IOVEC_BASE_OFFSET, bytes.address());
            iovec.set(JAVA_LONG, MessageHeader.IOVEC_SIZE_OFFSET, bytes.byteSize());
            MemorySegment control = arena.allocate(MessageHeader.controlSpace(count * Integer.BYTES), 8);
            control.set(JAVA_LONG, MessageHeader.CONTROL_SIZE_OFFSET, MessageHeader.CONTROL_HEADER_LENGTH + 4L * count);
            control.set(JAVA_INT, MessageHeader.CONTROL_LEVEL_OFFSET, MessageHeader.SOL_SOCKET);
            control.set(JAVA_INT, MessageHeader.CONTROL_TYPE_OFFSET, MessageHeader.SCM_RIGHTS);
            for (int i = 0; i < count; i++) {
                control.set(JAVA_INT, MessageHeader.CONTROL_HEADER_LENGTH + 4L * i, fd);
            }
            MemorySegment message = arena.allocate(MessageHeader.LENGTH, 8);
            message.set(JAVA_LONG, MessageHeader.IOV_OFFSET, iovec.address());
            message.set(JAVA_LONG, MessageHeader.IOV_COUNT_OFFSET, 1);
            message.set(JAVA_LONG, MessageHeader.CONTROL_OFFSET, control.address());
            message.set(JAVA_LONG, MessageHeader.CONTROL_LENGTH_OFFSET, control.byteSize());
            return Libc.sendmsg(socket.fd(), message, MessageHeader.MSG_NOSIGNAL);
        }
    }
}
