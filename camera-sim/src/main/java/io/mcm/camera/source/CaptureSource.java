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

    private final Path file;
    private final StreamSelection selection;
    private final List<LoopSeam> seams = new ArrayList<>();
    private final MemorySegment renumbered = Arena.ofAuto().allocate(MAX_PACKET_LENGTH);
    private int pass;
    private long passStart;
    private long passEnd;

    public CaptureSource(Path file, StreamSelection selection) {
        this.file = file;
        this.selection = selection;
    }

    @Override
    public void play(int passes, TimedPacketSink sink) throws CaptureException {
        for (pass = 0; (passes == 0 || pass < passes) && !sink.isStopped(); pass++) {
            playOnce(sink);
            passStart = nextPassStart();
        }
    }

    private void playOnce(TimedPacketSink sink) throws CaptureException {
        try (RtpPacketReader reader = RtpPacketReader.open(file, selection)) {
            long origin = Long.MIN_VALUE;
            while (!sink.isStopped() && reader.next()) {
                origin = origin == Long.MIN_VALUE ? reader.arrivalNanos() : origin;
                passEnd = passStart + reader.arrivalNanos() - origin;
                hand(reader.packet(), passEnd, sink);
            }
        }
    }

    private void hand(RtpPacket packet, long dueNanos, TimedPacketSink sink) {
        LoopSeam seam = seamOf(packet);
        if (pass == 0) {
            seam.add(packet);
            sink.packet(packet.segment(), packet.base(), packet.length(), dueNanos);
            return;
        }
        MemorySegment.copy(packet.segment(), packet.base(), renumbered, 0, packet.length());
        RtpPacket.writeSequence(renumbered, 0, packet.sequence() + pass * seam.sequences());
        RtpPacket.writeTimestamp(renumbered, 0, packet.timestamp() + pass * seam.ticks());
        sink.packet(renumbered, 0, packet.length(), dueNanos);
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
