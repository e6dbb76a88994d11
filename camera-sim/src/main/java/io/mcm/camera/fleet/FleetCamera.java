package io.mcm.camera.fleet;

import io.mcm.camera.TimedPacketSink;
import io.mcm.camera.pace.HeldPackets;
import io.mcm.camera.pace.PacketOut;
import io.mcm.camera.source.CameraSource;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.function.UnaryOperator;

/**
 * One camera of a fleet. Reads its source no further than to the first packet that is due later than the next ones: what it holds is one picture
 * and a packet.
 */
public final class FleetCamera {

    private final String name;
    private final CameraSource source;
    private final PacketOut out;
    private final double speed;
    private final long phaseNanos;
    private final HeldPackets held = new HeldPackets();
    private final TimedPacketSink first;
    private boolean ended;
    private boolean failed;
    private long packets;
    private long reports;
    private long bytes;
    private long latePackets;
    private long latestNanos;

    /**
     * A camera that begins so long after the fleet.
     *
     * @param name   for reports
     * @param speed  2 is twice as fast as the source says
     * @param stages what packets pass on their way, put before the last stage
     */
    public FleetCamera(String name, CameraSource source, UnaryOperator<TimedPacketSink> stages, PacketOut out, double speed, long phaseNanos) {
        this.name = name;
        this.source = source;
        this.out = out;
        this.speed = speed;
        this.phaseNanos = phaseNanos;
        first = stages.apply(new Holder());
    }

    /** The last stage: packets wait here. */
    private final class Holder implements TimedPacketSink {

        @Override
        public void packet(int channel, MemorySegment segment, long offset, int length, long dueNanos) {
            held.add(channel, segment, offset, length, phaseNanos + (long) (dueNanos / speed));
        }

        @Override
        public boolean isStopped() {
            return false;
        }
    }

    /**
     * Reads on until all packets that are due with the first are there.
     *
     * @return false if nothing is left
     */
    boolean refill() throws IOException {
        while (!ended && (held.isEmpty() || held.due(held.count() - 1) == held.due(0))) {
            if (!source.step(first)) {
                ended = true;
                first.end();
            }
        }
        return !held.isEmpty();
    }

    /** When its next packet is due, since the fleet's start. */
    long due() {
        return held.due(0);
    }

    /** Sends what is due by now, given on the same clock, and tells how late each packet was. */
    void send(long now, FleetLateness lateness) {
        int count = 0;
        while (count < held.count() && held.due(count) <= now) {
            out.send(held.channel(count), held.segment(), held.offset(count), held.length(count));
            count++;
        }
        out.flush();
        for (int i = 0; i < count; i++) {
            long late = now - held.due(i);
            lateness.record(late);
            latePackets += late > FleetLateness.LATE_NANOS ? 1 : 0;
            latestNanos = Math.max(latestNanos, late);
            reports += held.channel(i) & 1;
            bytes += held.length(i);
        }
        packets += count;
        held.removeFirst(count);
    }

    /**
     * Its source cannot be read on.
     *
     * @return false if nothing is left of what was read before
     */
    boolean fail() {
        failed = true;
        ended = true;
        first.end();
        return !held.isEmpty();
    }

    public boolean hasFailed() {
        return failed;
    }

    public String name() {
        return name;
    }

    /** RTP packets sent. */
    public long packets() {
        return packets - reports;
    }

    /** RTCP packets sent. */
    public long reports() {
        return reports;
    }

    public long bytes() {
        return bytes;
    }

    /** Packets sent more than {@link FleetLateness#LATE_NANOS} after they were due. */
    public long latePackets() {
        return latePackets;
    }

    public long latestNanos() {
        return latestNanos;
    }

    /** Closes its source. */
    public void close() throws IOException {
        source.close();
    }
}
