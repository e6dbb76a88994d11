package io.mcm.camera.pace;

import io.mcm.rtp.RtpPacket;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * One line an RTP packet: {@code sequence,timestamp,intended_ns,sent_ns}, the times on {@link System#nanoTime()}'s clock, which all processes
 * of a machine share. A line is written out at most 100 ms after its packet, if possible in a pause.
 */
public final class CsvTrace implements PacketTrace {

    /** First line of every trace. */
    public static final String HEADER = "sequence,timestamp,intended_ns,sent_ns";
    /** Longest time that a line waits. */
    static final long FLUSH_NANOS = 100_000_000;
    /** A pause in which a write of some microseconds moves no packet. */
    static final long WORTHWHILE_PAUSE_NANOS = 1_000_000;
    /** How often pauses are used, so that a trace is not written line by line. */
    static final long PAUSE_FLUSH_NANOS = 20_000_000;

    private static final int CAPACITY = 1 << 16;
    /** Two 32-bit and two signed 64-bit numbers with their separators. */
    private static final int MAX_LINE = 64;
    private static final int MAX_DIGITS = 20;

    private final OutputStream out;
    private final RtpPacket packet = new RtpPacket();
    private final byte[] lines = new byte[CAPACITY];
    private final byte[] digits = new byte[MAX_DIGITS];
    private int length;
    private long lastFlush;

    public CsvTrace(OutputStream out, long nowNanos) {
        this.out = out;
        byte[] header = (HEADER + "\n").getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(header, 0, lines, 0, header.length);
        length = header.length;
        flush(nowNanos);
    }

    @Override
    public void sent(int channel, MemorySegment segment, long offset, int packetLength, long intendedNanos, long sentNanos) {
        if ((channel & 1) != 0) {
            return;
        }
        packet.wrap(segment, offset, RtpPacket.FIXED_HEADER_LENGTH);
        number(packet.sequence(), ',');
        number(Integer.toUnsignedLong(packet.timestamp()), ',');
        number(intendedNanos, ',');
        number(sentNanos, '\n');
        if (length > CAPACITY - MAX_LINE || sentNanos - lastFlush >= FLUSH_NANOS) {
            flush(sentNanos);
        }
    }

    @Override
    public void pause(long nowNanos, long untilNanos) {
        boolean lateOtherwise = untilNanos - lastFlush >= FLUSH_NANOS;
        boolean worthwhile = untilNanos - nowNanos >= WORTHWHILE_PAUSE_NANOS && nowNanos - lastFlush >= PAUSE_FLUSH_NANOS;
        if (length > 0 && (lateOtherwise || worthwhile)) {
            flush(nowNanos);
        }
    }

    /** Writes out what is left. */
    public void finish() {
        flush(lastFlush);
    }

    private void flush(long nowNanos) {
        try {
            out.write(lines, 0, length);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the trace cannot be written: " + e.getMessage(), e);
        }
        length = 0;
        lastFlush = nowNanos;
    }

    private void number(long value, char separator) {
        int count = 0;
        long rest = value;
        do {
            digits[count++] = (byte) ('0' + Math.abs(rest % 10));
            rest /= 10;
        } while (rest != 0);
        if (value < 0) {
            lines[length++] = '-';
        }
        while (count > 0) {
            lines[length++] = digits[--count];
        }
        lines[length++] = (byte) separator;
    }
}
