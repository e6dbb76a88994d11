package io.mcm.conformance.replay;

import io.mcm.capture.CaptureException;
import io.mcm.capture.RtpPacketReader;
import io.mcm.capture.StreamSelection;
import io.mcm.conformance.replay.Reference.PacketFeed;
import io.mcm.conformance.replay.Reference.TimedPacket;
import io.mcm.rtp.RtpPacket;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/** A capture's packets and when they are due; where the file is damaged they end. */
final class CapturedPackets implements PacketFeed, AutoCloseable {

    private final RtpPacketReader reader;
    private final double speed;
    private long first;
    private long latest;
    private boolean begun;

    private CapturedPackets(RtpPacketReader reader, double speed) {
        this.reader = reader;
        this.speed = speed;
    }

    static CapturedPackets open(Path file, StreamSelection selection, double speed) throws CaptureException {
        return new CapturedPackets(RtpPacketReader.open(file, selection), speed);
    }

    @Override
    public TimedPacket next() {
        if (!readOn()) {
            return null;
        }
        first = begun ? first : reader.arrivalNanos();
        begun = true;
        // Clocks of capturing machines are set back now and then.
        latest = Math.max(latest, (long) ((reader.arrivalNanos() - first) / speed));
        RtpPacket packet = reader.packet();
        return new TimedPacket(packet.segment().asSlice(packet.base(), packet.length()).toArray(ValueLayout.JAVA_BYTE), latest);
    }

    private boolean readOn() {
        try {
            return reader.next();
        } catch (CaptureException _) {
            return false; // What came until here counts, as for mcm depacketize.
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
