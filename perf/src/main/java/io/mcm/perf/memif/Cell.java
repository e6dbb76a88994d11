package io.mcm.perf.memif;

/**
 * One measurement.
 *
 * @param size bytes of a message
 * @param burst messages a publish
 * @param polling whether the receivers poll or sleep on the eventfd
 * @param roundTrip a message there and back, instead of one way as fast as it goes
 */
record Cell(int size, int burst, boolean polling, boolean roundTrip) {

    /** Both rings' buffers stay below the last-level cache's 32 MiB where the sizes allow it. */
    int log2RingSize() {
        return size <= 2_048 ? 10 : size <= 16_384 ? 8 : size <= 262_144 ? 6 : 4;
    }

    int bufferLength() {
        return Math.max(2_048, size);
    }

    int burstThatFits() {
        return Math.min(burst, 1 << log2RingSize() - 1);
    }

    /** The line that a peer process reads. */
    String line(String role, String mode, String path, int millis) {
        return String.join(" ", role, mode, path, String.valueOf(size), String.valueOf(burstThatFits()),
            String.valueOf(log2RingSize()), String.valueOf(bufferLength()), polling ? "poll" : "int", String.valueOf(millis));
    }

    @Override
    public String toString() {
        String bytes = size < 1_024 || size == 1_500 ? size + " B" : size < 1 << 20 ? size / 1_024 + " KiB" : (size >> 20) + " MiB";
        return bytes + ", " + (polling ? "polling" : "interrupt") + (roundTrip ? ", round trip" : ", bursts of " + burst);
    }
}
