package io.mcm.foreign;

/**
 * Layouts of what sendmsg(2) and recvmmsg(2) take, on 64-bit Linux.
 *
 * <pre>
 *   struct iovec      base 0:8   length 8:8
 *   struct msghdr     name 0:8   namelen 8:4   iov 16:8   iovlen 24:8   control 32:8   controllen 40:8   flags 48:4
 *   struct mmsghdr    msghdr 0:56   length 56:4
 *   struct cmsghdr    length 0:8   level 8:4   type 12:4   data 16
 * </pre>
 */
final class MessageHeader {

    static final int IOVEC_LENGTH = 16;
    static final int IOVEC_BASE_OFFSET = 0;
    static final int IOVEC_SIZE_OFFSET = 8;

    static final int LENGTH = 56;
    static final int NAME_OFFSET = 0;
    static final int NAME_LENGTH_OFFSET = 8;
    static final int IOV_OFFSET = 16;
    static final int IOV_COUNT_OFFSET = 24;
    static final int CONTROL_OFFSET = 32;
    static final int CONTROL_LENGTH_OFFSET = 40;

    static final int MULTI_LENGTH = 64;
    static final int MULTI_RECEIVED_OFFSET = 56;

    static final int CONTROL_HEADER_LENGTH = 16;
    static final int CONTROL_SIZE_OFFSET = 0;
    static final int CONTROL_LEVEL_OFFSET = 8;
    static final int CONTROL_TYPE_OFFSET = 12;

    static final int SOL_SOCKET = 1;
    static final int SCM_RIGHTS = 1;

    static final int MSG_TRUNC = 0x20;
    static final int MSG_DONTWAIT = 0x40;
    static final int MSG_NOSIGNAL = 0x4000;
    static final int MSG_CMSG_CLOEXEC = 0x40000000;

    private MessageHeader() {}

    /** CMSG_ALIGN of the data's end. */
    static long controlSpace(int dataLength) {
        return CONTROL_HEADER_LENGTH + (dataLength + 7L & ~7L);
    }
}
