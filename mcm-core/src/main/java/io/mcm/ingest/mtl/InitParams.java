package io.mcm.ingest.mtl;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;

/**
 * Where the fields of {@code struct mtl_init_params} lie (mtl_api.h). It has neither size nor version in it and has changed three times, so
 * two of its fields are looked for and the others counted from them. For the first of eight ports:
 *
 * <pre>
 *                   port  num_ports  pmd  tx_queues  rx_queues  sip_addr  flags  log_level  dma_dev_port      iova_mode
 *   23.12           0:64  512:1      548  580:2      596:2      612:4     720:8  736:4      752, 8 of 64      1272:4
 *   24.06 to 25.02  0:64  512:1      548  580:2      596:2      612:4     712:8  728:4      744, 8 of 64      1264:4
 *   25.12           0:64  512:1      548  580:2      596:2      612:4     712:8  728:4      744, 32 of 64     2800:4
 *   26.01           0:64  544:1      580  612:2      628:2      644:4     744:8  760:4      776, 32 of 64     2832:4
 *   from            0     sip - 100  - 64 - 32       - 16       sip       dma-32 dma - 16   dma               dma + devices * 64 + 8
 * </pre>
 *
 * All zero is MTL's default for every field but the log level, which then is DEBUG.
 *
 * @param sipOffset of {@code sip_addr}
 * @param dmaOffset of {@code dma_dev_port}
 * @param dmaDevices elements of {@code dma_dev_port}
 */
record InitParams(int sipOffset, int dmaOffset, int dmaDevices) {

    /** More than any of them has. */
    static final int LENGTH = 8192;
    static final int PORT_OFFSET = 0;
    /** MTL_PORT_MAX_LEN. */
    static final int PORT_LENGTH = 64;

    private static final int NUM_PORTS_FROM_SIP = -100;
    private static final int PMD_FROM_SIP = -64;
    private static final int TX_QUEUES_FROM_SIP = -32;
    private static final int RX_QUEUES_FROM_SIP = -16;
    private static final int FLAGS_FROM_DMA = -32;
    private static final int LOG_LEVEL_FROM_DMA = -16;
    private static final int IOVA_MODE_FROM_DMA_END = 8;

    /** The layout of the releases that have no function to look with. */
    static final InitParams OF_23_12 = new InitParams(612, 752, 8);

    private static final int FEW_DMA_DEVICES = 8;
    private static final int MANY_DMA_DEVICES = 32;
    /** What may lie between the two: 23.12 has eight bytes that later releases have not. */
    private static final int SIP_TO_DMA = 132;
    private static final byte[] PROBE = {(byte) 198, 51, 100, 77};

    static final String PROBE_ADDRESS = "198.51.100.77";
    static final String PROBE_NAME = "?";

    /** MTL_LOG_LEVEL_ERR. */
    private static final int LOG_ERRORS = 4;
    /** MTL_IOVA_MODE_VA. */
    private static final int IOVA_VIRTUAL = 1;
    /** MTL_FLAG_NOT_BIND_PROCESS_NUMA, since 24.09; releases before do not look at it. Else MTL ties the calling thread to a node. */
    private static final long NOT_BIND_PROCESS_NUMA = 1L << 47;

    /**
     * The layout, from a block in which MTL has set the first port's address to {@link #PROBE_ADDRESS} and the first DMA device to {@link
     * #PROBE_NAME}.
     *
     * @throws MtlException where they lie as in no known release
     */
    static InitParams probed(MemorySegment block, MtlVersion version) {
        int sip = find(block, PROBE);
        int dma = find(block, new byte[] {(byte) PROBE_NAME.charAt(0)});
        if (sip < 0 || sip + NUM_PORTS_FROM_SIP < PORT_OFFSET + PORT_LENGTH || dma - sip != SIP_TO_DMA) {
            throw new MtlException("libmtl " + version + ": struct mtl_init_params is unknown, its sip_addr lies at " + sip
                + " and its dma_dev_port at " + dma);
        }
        return new InitParams(sip, dma, version.isAtLeast(MtlVersion.WITH_MORE_DMA) ? MANY_DMA_DEVICES : FEW_DMA_DEVICES);
    }

    private static int find(MemorySegment block, byte[] bytes) {
        MemorySegment wanted = MemorySegment.ofArray(bytes);
        for (int at = 0; at <= block.byteSize() - bytes.length; at++) {
            if (block.asSlice(at, bytes.length).mismatch(wanted) < 0) {
                return at;
            }
        }
        return -1;
    }

    /**
     * Fills a block of zeros for one port.
     *
     * @param pmd as mtl_pmd_by_port_name calls the port's backend, whose numbers have changed too
     * @param address IPv4, four bytes; MTL takes it for ports that have left the kernel
     */
    void fill(MemorySegment block, MtlPort port, int pmd, byte[] address) {
        block.setString(PORT_OFFSET, port.toString());
        block.set(JAVA_BYTE, sipOffset + NUM_PORTS_FROM_SIP, (byte) 1);
        block.set(JAVA_INT, sipOffset + PMD_FROM_SIP, pmd);
        block.set(JAVA_SHORT, sipOffset + TX_QUEUES_FROM_SIP, (short) port.backend().queues);
        block.set(JAVA_SHORT, sipOffset + RX_QUEUES_FROM_SIP, (short) port.backend().queues);
        MemorySegment.copy(address, 0, block, JAVA_BYTE, sipOffset, address.length);
        block.set(JAVA_LONG, dmaOffset + FLAGS_FROM_DMA, NOT_BIND_PROCESS_NUMA);
        block.set(JAVA_INT, dmaOffset + LOG_LEVEL_FROM_DMA, LOG_ERRORS);
        if (port.backend().xdp) {
            block.set(JAVA_INT, iovaModeOffset(), IOVA_VIRTUAL);
        }
    }

    int iovaModeOffset() {
        return dmaOffset + dmaDevices * PORT_LENGTH + IOVA_MODE_FROM_DMA_END;
    }
}
