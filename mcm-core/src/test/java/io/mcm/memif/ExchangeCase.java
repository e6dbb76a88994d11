package io.mcm.memif;

import java.util.ArrayList;
import java.util.List;

/**
 * Traffic between two processes, as both must know it.
 *
 * @param id of the interface
 * @param bufferLength bytes of the longest packet
 * @param packets each way
 */
record ExchangeCase(int id, int bufferLength, int log2RingSize, int packets) {

    private static final int[] BUFFER_LENGTHS = {64, 1500, 16_384, 262_144, 1_048_576, 5_184_000};
    private static final int[] LOG2_RING_SIZES = {2, 4, 8, 10};
    /** Past 65,536, where the indexes wrap; fewer of those that are long, but more than a small ring takes. */
    private static final int MOST_PACKETS = 66_000;
    private static final int LEAST_PACKETS = 24;
    private static final int MOST_BYTES = 16 << 20;
    private static final int SHORTER_BY_UP_TO = 64;

    /** Every buffer length with every ring size, where they fit a region and the engine. */
    static List<ExchangeCase> upTo(int maxBufferLength) {
        List<ExchangeCase> all = new ArrayList<>();
        for (int length : BUFFER_LENGTHS) {
            for (int log2 : LOG2_RING_SIZES) {
                int packets = Math.clamp(MOST_BYTES / length, LEAST_PACKETS, MOST_PACKETS);
                ExchangeCase one = new ExchangeCase(all.size(), length, log2, packets);
                if (length <= maxBufferLength && one.config(false).bufferRegionLength() <= MemifConfig.MAX_REGION_LENGTH) {
                    all.add(one);
                }
            }
        }
        return all;
    }

    MemifConfig config(boolean polling) {
        return MemifConfig.of(id, "exchange", log2RingSize, bufferLength).withPolling(polling);
    }

    /** Bytes of a packet: every other one fills its buffer. */
    int length(int number) {
        return number % 2 == 0 ? bufferLength : bufferLength - number % SHORTER_BY_UP_TO;
    }
}
