package io.mcm.camera.rtsp;

import io.mcm.rtsp.NumberPair;
import io.mcm.rtsp.RtspConnection;
import io.mcm.rtsp.TransportHeader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Packets in the client's own connection (RFC 2326 section 10.12). Waits for a client that is slow, which is nobody's matter but its own. */
final class InterleavedOut implements MediaOut {

    private final RtspConnection connection;
    private final NumberPair channels;
    private final RtspCounts counts;
    private volatile boolean broken;

    InterleavedOut(RtspConnection connection, NumberPair channels, RtspCounts counts) {
        this.connection = connection;
        this.channels = channels;
        this.counts = counts;
    }

    @Override
    public void send(int channel, MemorySegment segment, long offset, int length) {
        try {
            connection.writeFrame(channel == RTP ? channels.rtp() : channels.rtcp(), segment, offset, length);
        } catch (IOException _) {
            broken = true;
            counts.increment(RtspCounter.PACKETS_UNSENT);
        }
    }

    @Override
    public TransportHeader transport() {
        return TransportHeader.interleaved(channels);
    }

    @Override
    public boolean isBroken() {
        return broken;
    }

    @Override
    public void close() {
        // The connection goes on without packets.
    }
}
