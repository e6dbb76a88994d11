package io.mcm.conformance.replay;

import io.mcm.capture.RtpStreams;
import io.mcm.capture.StreamSelection;
import io.mcm.conformance.replay.Reference.TimedPacket;
import io.mcm.rtp.RtpCounter;
import io.mcm.rtp.RtpPacket;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * What is known of a capture before it is played.
 *
 * @param first  packet of it
 * @param last   packet of it, in the order of sequence numbers
 * @param clean  whether every packet is there once and in its place
 * @param nanos  from its first to its last packet
 */
record CaptureSummary(Path file, StreamSelection selection, Ends first, Ends last, long packets, long units, boolean clean, long nanos) {

    /** Of one packet. */
    record Ends(int ssrc, int payloadType, int sequence, int timestamp) {

        private static Ends of(byte[] bytes) {
            RtpPacket packet = new RtpPacket();
            packet.wrap(MemorySegment.ofArray(bytes), 0, bytes.length);
            return new Ends(packet.ssrc(), packet.payloadType(), packet.sequence(), packet.timestamp());
        }

        /** Whether it follows the other, or is of another source, which then began later. */
        private boolean isAfter(Ends other) {
            return ssrc != other.ssrc || (short) (sequence - other.sequence) > 0;
        }
    }

    /** @throws io.mcm.capture.CaptureException if the file is missing, no capture, or has no H.264 */
    static CaptureSummary of(Path file, OptionalInt port, OptionalInt ssrc) throws IOException {
        StreamSelection selection = StreamSelection.of(RtpStreams.scan(file), port, ssrc);
        try (CapturedPackets packets = CapturedPackets.open(file, selection, 1)) {
            EndSeeker seeker = new EndSeeker(packets);
            Reference reference = new Reference(seeker::next, 0);
            long units = 0;
            while (reference.next() != null) {
                units++;
            }
            boolean clean = reference.counters().get(RtpCounter.LOST) + reference.counters().get(RtpCounter.DUPLICATED)
                + reference.counters().get(RtpCounter.REORDERED) + reference.counters().get(RtpCounter.LATE) == 0;
            return new CaptureSummary(file, selection, seeker.first, seeker.last, seeker.packets, units, clean, seeker.nanos);
        }
    }

    CapturedPackets open(double speed) throws IOException {
        return CapturedPackets.open(file, selection, speed);
    }

    /** Looks at the packets as they pass. */
    private static final class EndSeeker {

        private final CapturedPackets from;
        private Ends first;
        private Ends last;
        private long packets;
        private long nanos;

        private EndSeeker(CapturedPackets from) {
            this.from = from;
        }

        private TimedPacket next() {
            TimedPacket packet = from.next();
            if (packet != null) {
                Ends ends = Ends.of(packet.bytes());
                first = first == null ? ends : first;
                last = last == null || ends.isAfter(last) ? ends : last;
                packets++;
                nanos = packet.nanos();
            }
            return packet;
        }
    }
}
