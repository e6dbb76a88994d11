package io.mcm.conformance.differential;

import io.mcm.capture.CaptureException;
import io.mcm.capture.RtpPacketReader;
import io.mcm.capture.RtpStreams;
import io.mcm.capture.StreamSelection;
import io.mcm.conformance.capture.Capture;
import io.mcm.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The packets that {@code mcm depacketize} takes out of a capture, in capture order: what each peer must be given too.
 *
 * @param port        where they were sent
 * @param payloadType of the first
 * @param reordered   whether any came after one with a higher sequence number
 */
record RtpPackets(int port, int payloadType, boolean reordered, List<RtpPackets.Arrival> all) {

    /** A packet, and when it was captured in nanoseconds since 1970 UTC. */
    record Arrival(long nanos, byte[] packet) {}

    static RtpPackets of(Capture capture) throws CaptureException {
        Path file = capture.file();
        StreamSelection selection = StreamSelection.of(RtpStreams.scan(file), OptionalInt.empty(), OptionalInt.empty());
        List<Arrival> arrivals = new ArrayList<>();
        try (RtpPacketReader reader = RtpPacketReader.open(file, selection)) {
            while (reader.next()) {
                arrivals.add(new Arrival(reader.arrivalNanos(), bytes(reader.packet())));
            }
        }
        return new RtpPackets(selection.destination().port(), selection.streams().getFirst().payloadType(), capture.reordered() > 0,
            arrivals);
    }

    private static byte[] bytes(RtpPacket packet) {
        byte[] bytes = new byte[packet.length()];
        MemorySegment.copy(packet.segment(), ValueLayout.JAVA_BYTE, packet.base(), bytes, 0, bytes.length);
        return bytes;
    }
}
