package io.mcm.memif.libmemif;

import io.mcm.memif.MemifConfig;

/** What libmemif takes without a word and then does otherwise. */
final class Limits {

    /** libmemif counts the bytes of a region in 32 bits (main.c, memif_add_region). */
    private static final long MAX_REGION_LENGTH = 0xffff_ffffL;

    private Limits() {}

    /** For both roles. */
    static void check(MemifConfig config, Abi abi) {
        if (config.bufferLength() > abi.maxBufferLength) {
            throw new IllegalArgumentException("buffer of " + config.bufferLength() + " bytes, libmemif (" + abi + ") has at most "
                + abi.maxBufferLength + ": install MCM's libmemif, or make buffers smaller");
        }
        if (config.s2mRings() == 0 || config.m2sRings() == 0) {
            throw new IllegalArgumentException(config.s2mRings() + " s2m and " + config.m2sRings()
                + " m2s rings, libmemif takes 0 for 1: at least one each way");
        }
    }

    /** For the side whose choice ring size and buffers are. */
    static void checkSlave(MemifConfig config, Abi abi) {
        check(config, abi);
        if (config.log2RingSize() == 0) {
            throw new IllegalArgumentException("log2 of the ring size 0, libmemif takes it for its default of 10: at least 1");
        }
        if (config.bufferRegionLength() > MAX_REGION_LENGTH) {
            throw new IllegalArgumentException("buffers of " + config.bufferRegionLength() + " bytes together, libmemif's region has at most "
                + MAX_REGION_LENGTH);
        }
    }
}
