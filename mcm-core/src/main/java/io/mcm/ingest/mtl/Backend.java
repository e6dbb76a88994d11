package io.mcm.ingest.mtl;

/** How MTL reaches an interface; its port names begin with it (mtl_api.h, struct mtl_init_params). */
enum Backend {

    /** Plain sockets under another name. */
    KERNEL("kernel:", 1, 8, false, false),
    /**
     * No queues of its own: with any, MTL opens AF_PACKET sockets in a hash fan-out group and reads but the first of them, so that whole
     * flows vanish. Without, there is one to send with, which each UDP port asks for: only one can be open. (To share it, by
     * MTL_FLAG_SHARED_TX_QUEUE, MTL 26.01 divides by its number of queues.)
     */
    DPDK_AF_PACKET("dpdk_af_packet:", 0, 16, true, false),
    NATIVE_AF_XDP("native_af_xdp:", 1, 16, true, true),
    DPDK_AF_XDP("dpdk_af_xdp:", 1, 16, true, true),
    /** A NIC bound to a user-space driver, by its PCI address. Each UDP port takes a receive queue. */
    DPDK_USER("", 16, 16, false, false);

    final String prefix;
    /** {@code tx_queues_cnt} and {@code rx_queues_cnt}. */
    final int queues;
    /** Free 2 MB pages that it was seen to start with. */
    final int hugePages;
    /** Needs CAP_NET_RAW. */
    final boolean raw;
    /** Needs MtlManager, and addresses of the process's own: AF_XDP cannot register memory that physical addresses have torn apart. */
    final boolean xdp;

    Backend(String prefix, int queues, int hugePages, boolean raw, boolean xdp) {
        this.prefix = prefix;
        this.queues = queues;
        this.hugePages = hugePages;
        this.raw = raw;
        this.xdp = xdp;
    }
}
