package io.mcm.cli;

import io.mcm.metric.FileTrouble;
import io.mcm.sdk.McmBuffer;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes and counts the units that {@code recv} takes. */
final class UnitRecorder implements Closeable {

    private static final double NANOS = 1e9;
    private static final long TRACE_FLUSH_NANOS = 100_000_000;

    private final OutputStream out;
    private final PrintStream trace;
    private final UnitParser parser;
    private long units;
    private long bytes;
    private long accessUnits;
    private boolean described;
    private long gaps;
    private long packetsLost;
    private int timestamp;
    private long firstNanos;
    private long lastNanos;
    private long flushedNanos;

    private UnitRecorder(OutputStream out, PrintStream trace) {
        this.out = out;
        this.trace = trace;
        this.parser = new UnitParser(out);
        if (trace != null) {
            trace.println("sequence,timestamp,length,dequeued_ns");
        }
    }

    /** @param file null for none; @param trace null for none, {@code -} for standard output */
    static UnitRecorder open(Path file, String trace) {
        OutputStream out = file == null ? OutputStream.nullOutputStream() : buffered(file);
        PrintStream lines = trace == null ? null
            : trace.equals("-") ? new PrintStream(new BufferedOutputStream(System.out)) : new PrintStream(buffered(Path.of(trace)));
        return new UnitRecorder(out, lines);
    }

    private static OutputStream buffered(Path file) {
        try {
            return new BufferedOutputStream(Files.newOutputStream(file), 1 << 18);
        } catch (IOException e) {
            throw new EnvironmentException("cannot write " + file + ": " + FileTrouble.reason(e), e);
        }
    }

    void record(McmBuffer unit, long nowNanos) throws IOException {
        firstNanos = units == 0 ? nowNanos : firstNanos;
        accessUnits += units == 0 || unit.timestamp() != timestamp ? 1 : 0;
        timestamp = unit.timestamp();
        lastNanos = nowNanos;
        units++;
        bytes += unit.length();
        if (unit.hasMetadata()) {
            described = true;
            gaps += unit.isAfterGap() ? 1 : 0;
            packetsLost += unit.packetsLost();
        }
        parser.accept(unit.data(), unit.sequence(), unit.timestamp());
        if (trace != null) {
            traceLine(unit, nowNanos);
        }
    }

    private void traceLine(McmBuffer unit, long nowNanos) {
        trace.print(unit.sequence());
        trace.print(',');
        trace.print(Integer.toUnsignedLong(unit.timestamp()));
        trace.print(',');
        trace.print(unit.length());
        trace.print(',');
        trace.println(nowNanos);
        if (nowNanos - flushedNanos >= TRACE_FLUSH_NANOS) {
            flushedNanos = nowNanos;
            trace.flush();
        }
    }

    /** While nothing comes, what has come should be on disk. */
    void flush() throws IOException {
        out.flush();
        if (trace != null) {
            trace.flush();
        }
    }

    long units() {
        return units;
    }

    /** No more units come. */
    void finish() throws IOException {
        flush();
    }

    Map<String, Object> counters() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("units", units);
        all.put("nal_units", parser.nalUnits());
        all.put("access_units", accessUnits);
        all.put("bytes", bytes);
        if (described) {
            all.put("gaps", gaps);
            all.put("packets_lost", packetsLost);
        }
        all.put("seconds", (lastNanos - firstNanos) / NANOS);
        return all;
    }

    String summary() {
        double seconds = (lastNanos - firstNanos) / NANOS;
        double megabits = seconds > 0 ? bytes * 8 / seconds / 1e6 : 0;
        return "%d units, %d NAL units, %d access units, %d bytes in %.3f s (%.1f Mbit/s)".formatted(
            units, parser.nalUnits(), accessUnits, bytes, seconds, megabits);
    }

    @Override
    public void close() throws IOException {
        out.close();
        if (trace != null) {
            trace.flush();
        }
    }
}
