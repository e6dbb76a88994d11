package io.mcm.camera.record;

import io.mcm.camera.pace.PacketTrace;
import io.mcm.capture.Flow;
import io.mcm.capture.LinkType;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Writes what was sent, with the times at which it was sent, as a capture of raw IP (pcapng, nanoseconds). Writing is left to pauses between
 * packets; where there are none for 100 ms, or the memory is full, it is done between two packets.
 */
public final class PacketRecorder implements PacketTrace {

    /** Longest time that a packet waits for the file. */
    static final long FLUSH_NANOS = 100_000_000;
    /** A pause in which a write of some 50 microseconds moves no packet. */
    static final long WORTHWHILE_PAUSE_NANOS = 2_000_000;
    /** How often pauses are used, so that a recording is not written packet by packet. */
    static final long PAUSE_FLUSH_NANOS = 20_000_000;

    private final PcapngWriter writer;
    private final IntFunction<Flow> flows;
    private final long epochNanos;
    private UdpFrame[] frames = {};
    private long lastFlush;

    /**
     * @param flows      from where and to where a channel's packets go
     * @param epochNanos what {@code System.nanoTime()} was, in nanoseconds since 1970 UTC, when it was 0
     */
    public PacketRecorder(OutputStream out, IntFunction<Flow> flows, long epochNanos, long nowNanos) {
        writer = new PcapngWriter(out, LinkType.RAW, PcapngWriter.MAX_FRAME, "mcm camera");
        this.flows = flows;
        this.epochNanos = epochNanos;
        lastFlush = nowNanos;
    }

    @Override
    public void sent(int channel, MemorySegment segment, long offset, int length, long intendedNanos, long sentNanos) {
        UdpFrame frame = frameOf(channel);
        int frameLength = frame.headersLength() + length;
        long at = writer.add(frameLength, frameLength, epochNanos + sentNanos);
        MemorySegment.copy(segment, offset, writer.segment(), at + frame.headersLength(), length);
        frame.writeHeaders(writer.segment(), at, length);
        if (sentNanos - lastFlush >= FLUSH_NANOS) {
            flush(sentNanos);
        }
    }

    private UdpFrame frameOf(int channel) {
        if (channel >= frames.length) {
            frames = Arrays.copyOf(frames, channel + 1);
        }
        if (frames[channel] == null) {
            frames[channel] = new UdpFrame(flows.apply(channel));
        }
        return frames[channel];
    }

    @Override
    public void pause(long nowNanos, long untilNanos) {
        boolean lateOtherwise = untilNanos - lastFlush >= FLUSH_NANOS;
        boolean worthwhile = untilNanos - nowNanos >= WORTHWHILE_PAUSE_NANOS && nowNanos - lastFlush >= PAUSE_FLUSH_NANOS;
        if (!writer.isEmpty() && (lateOtherwise || worthwhile)) {
            flush(nowNanos);
        }
    }

    private void flush(long nowNanos) {
        writer.flush();
        lastFlush = nowNanos;
    }

    /** Writes out what is left. */
    public void finish() {
        flush(lastFlush);
    }
}
