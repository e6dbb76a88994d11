package io.mcm.camera.source;

import io.mcm.camera.TimedPacketSink;
import io.mcm.capture.CaptureException;
import io.mcm.capture.RtpPacketReader;
import io.mcm.capture.StreamSelection;
import io.mcm.rtp.RtpPacket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Replays the selected streams of a capture, byte for byte and on the capture's own clock. Later passes read the file again; only their
 * sequence numbers and timestamps differ.
 */
public final class CaptureSource implements CameraSource {

    /** What a UDP datagram can carry. */
    private static final int MAX_PACKET_LENGTH = 65_535;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    /** RFC 6184 section 5.1. */
    private static final long TICKS_PER_SECOND = 90_000;

    private static final int RTP = 0;
    private static final long NONE = Long.MIN_VALUE;

    private final Path file;
    private final StreamSelection selection;
    private final List<LoopSeam> seams = new ArrayList<>();
    private final MemorySegment renumbered = Arena.ofAuto().allocate(MAX_PACKET_LENGTH);
    private final int passes;
    private RtpPacketReader reader;
    private long origin;
    private int pass;
    private long passStart;
    private long passEnd;

    /** @param passes how often the capture is played; 0 for without end */
    public CaptureSource(Path file, StreamSelection selection, int passes) {
        this.file = file;
        this.selection = selection;
        this.passes = passes;
    }

    @Override
    public boolean step(TimedPacketSink sink) throws CaptureException {
        if (reader == null && !openNextPass()) {
            return false;
        }
        if (!reader.next()) {
            return endPass() && step(sink);
        }
        origin = origin == NONE ? reader.arrivalNanos() : origin;
        passEnd = passStart + reader.arrivalNanos() - origin;
        hand(reader.packet(), passEnd, sink);
        return true;
    }

    private boolean openNextPass() throws CaptureException {
        if (passes != 0 && pass == passes) {
            return false;
        }
        reader = RtpPacketReader.open(file, selection);
        origin = NONE;
        return true;
    }

    /** @return whether another pass makes sense: one without a packet would be followed by none but its like */
    private boolean endPass() throws CaptureException {
        close();
        pass++;
        passStart = nextPassStart();
        return origin != NONE;
    }

    @Override
    public void close() throws CaptureException {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    private void hand(RtpPacket packet, long dueNanos, TimedPacketSink sink) {
        LoopSeam seam = seamOf(packet);
        if (pass == 0) {
            seam.add(packet);
            sink.packet(RTP, packet.segment(), packet.base(), packet.length(), dueNanos);
            return;
        }
        MemorySegment.copy(packet.segment(), packet.base(), renumbered, 0, packet.length());
        RtpPacket.writeSequence(renumbered, 0, packet.sequence() + pass * seam.sequences());
        RtpPacket.writeTimestamp(renumbered, 0, packet.timestamp() + pass * seam.ticks());
        sink.packet(RTP, renumbered, 0, packet.length(), dueNanos);
    }

    private LoopSeam seamOf(RtpPacket packet) {
        for (int i = 0; i < seams.size(); i++) {
            if (seams.get(i).ssrc() == packet.ssrc()) {
                return seams.get(i);
            }
        }
        LoopSeam fresh = new LoopSeam(packet);
        seams.add(fresh);
        return fresh;
    }

    /** As long after this pass began as its timestamps say, but not before its last packet: the clocks of camera and capture differ. */
    private long nextPassStart() {
        long ticks = seams.stream().mapToLong(seam -> Integer.toUnsignedLong(seam.ticks())).sum();
        return Math.max(passStart + ticks * NANOS_PER_SECOND / TICKS_PER_SECOND, passEnd);
    }
}
