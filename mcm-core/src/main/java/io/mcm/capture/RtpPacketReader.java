package io.mcm.capture;

import io.mcm.metric.Counters;
import io.mcm.rtp.Rtcp;
import io.mcm.rtp.RtpPacket;
import java.nio.file.Path;

/** The RTP packets of the selected streams of a capture, in capture order: {@code while (reader.next()) use(reader.packet())}. */
public final class RtpPacketReader implements AutoCloseable {

    private final DatagramReader reader;
    private final StreamSelection selection;
    private final RtpPacket packet = new RtpPacket();

    private RtpPacketReader(DatagramReader reader, StreamSelection selection) {
        this.reader = reader;
        this.selection = selection;
    }

    /** @throws CaptureException if the file is missing, empty or no capture */
    public static RtpPacketReader open(Path file, StreamSelection selection) throws CaptureException {
        return new RtpPacketReader(DatagramReader.open(file), selection);
    }

    /**
     * Moves {@link #packet()} to the next one.
     *
     * @return false at the capture's end
     * @throws CaptureException if the file is cut or damaged here; all packets before it have been delivered
     */
    public boolean next() throws CaptureException {
        while (reader.next()) {
            Datagram datagram = reader.datagram();
            if (datagram.isTo(selection.destination()) && !datagram.truncated() && isSelected(datagram)) {
                return true;
            }
        }
        return false;
    }

    private boolean isSelected(Datagram datagram) {
        if (Rtcp.isRtcp(datagram.segment(), datagram.offset(), datagram.length())) {
            return skip(CaptureCounter.RTCP);
        }
        if (!packet.wrap(datagram.segment(), datagram.offset(), datagram.length()).isPacket()) {
            return skip(CaptureCounter.NOT_RTP);
        }
        return selection.takes(packet) || skip(CaptureCounter.NOT_SELECTED);
    }

    private boolean skip(CaptureCounter cause) {
        reader.counters().increment(cause);
        return false;
    }

    /** The packet that {@link #next()} found; the same view each time. */
    public RtpPacket packet() {
        return packet;
    }

    /** Nanoseconds since 1970 UTC. */
    public long arrivalNanos() {
        return reader.datagram().arrivalNanos();
    }

    public Counters<CaptureCounter> counters() {
        return reader.counters();
    }

    public Path file() {
        return reader.file();
    }

    @Override
    public void close() throws CaptureException {
        reader.close();
    }
}
