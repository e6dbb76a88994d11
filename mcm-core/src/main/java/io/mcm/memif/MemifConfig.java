package io.mcm.memif;

import java.nio.charset.StandardCharsets;

/**
 * What one side wants of an interface. Ring sizes, buffers and application are the client's choice; a server ignores those three.
 *
 * @param id tells interfaces on one socket apart
 * @param name shown to the peer, at most 31 bytes
 * @param secret empty, or at most 23 bytes that both sides must know
 * @param s2mRings rings from client to server, 0 to 255; a server takes up to so many
 * @param m2sRings rings from server to client, 0 to 255; likewise
 * @param log2RingSize 0 to 14
 * @param bufferLength bytes of each buffer
 * @param polling whether this side polls its receive rings, so that the peer need not wake it
 * @param application names the client's program in INIT, as a server's stands in HELLO; at most 31 bytes
 */
public record MemifConfig(
    int id, String name, String secret, int s2mRings, int m2sRings, int log2RingSize, int bufferLength, boolean polling,
    String application) {

    /** Largest that libmemif, VPP and DPDK accept (MEMIF_MAX_LOG2_RING_SIZE). */
    public static final int MAX_LOG2_RING_SIZE = 14;

    /** A descriptor's offset has 32 bits: nothing past this could be named. */
    public static final long MAX_REGION_LENGTH = 1L << 32;

    /** Bytes of the name and secret fields of INIT, their closing NUL included. */
    public static final int NAME_FIELD_LENGTH = 32;
    public static final int SECRET_FIELD_LENGTH = 24;

    /** Where nobody asks for another. */
    public static final String DEFAULT_APPLICATION = "mcm";

    private static final int MAX_RINGS = 255;

    public MemifConfig {
        within("s2m rings", s2mRings, 0, MAX_RINGS);
        within("m2s rings", m2sRings, 0, MAX_RINGS);
        within("s2m and m2s rings together", s2mRings + m2sRings, 1, 2 * MAX_RINGS);
        within("log2 of the ring size", log2RingSize, 0, MAX_LOG2_RING_SIZE);
        within("buffer length", bufferLength, 1, Integer.MAX_VALUE);
        within("name length", name.getBytes(StandardCharsets.UTF_8).length, 0, NAME_FIELD_LENGTH - 1);
        within("application length", application.getBytes(StandardCharsets.UTF_8).length, 0, NAME_FIELD_LENGTH - 1);
        within("secret length", secret.getBytes(StandardCharsets.UTF_8).length, 0, SECRET_FIELD_LENGTH - 1);
    }

    /** One ring each way, no secret, woken by interrupts. */
    public static MemifConfig of(int id, String name, int log2RingSize, int bufferLength) {
        return new MemifConfig(id, name, "", 1, 1, log2RingSize, bufferLength, false, DEFAULT_APPLICATION);
    }

    public MemifConfig withPolling(boolean polls) {
        return new MemifConfig(id, name, secret, s2mRings, m2sRings, log2RingSize, bufferLength, polls, application);
    }

    public MemifConfig withRings(int s2m, int m2s) {
        return new MemifConfig(id, name, secret, s2m, m2s, log2RingSize, bufferLength, polling, application);
    }

    public MemifConfig withSecret(String known) {
        return new MemifConfig(id, name, known, s2mRings, m2sRings, log2RingSize, bufferLength, polling, application);
    }

    public MemifConfig withApplication(String program) {
        return new MemifConfig(id, name, secret, s2mRings, m2sRings, log2RingSize, bufferLength, polling, program);
    }

    /** Bytes of the region that holds all buffers of a client. */
    public long bufferRegionLength() {
        return (long) (s2mRings + m2sRings) * bufferLength << log2RingSize;
    }

    /** @throws IllegalArgumentException where a client's buffers do not fit what a descriptor can name */
    public void checkBuffersFit() {
        if (bufferRegionLength() > MAX_REGION_LENGTH) {
            throw new IllegalArgumentException((s2mRings + m2sRings) + " rings of 2^" + log2RingSize + " buffers of " + bufferLength
                + " bytes need " + bufferRegionLength() + ", a region has at most " + MAX_REGION_LENGTH + " (32-bit offsets)");
        }
    }

    private static void within(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " " + value + ", allowed are " + least + " to " + most);
        }
    }
}
