package io.mcm.capture;

import io.mcm.rtp.Rtcp;
import io.mcm.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;

/**
 * What the cameras of several selections sent, RTP and RTCP, in capture order: {@code while (reader.next()) use(reader.segment(), ...)}. A
 * datagram that the capture's snap length cut is delivered, too, and told.
 */
public final class SessionReader implements AutoCloseable {

    private static final int RTCP_SSRC_OFFSET = 4;
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final DatagramReader reader;
    private final List<StreamSelection> selections;
    private final RtpPacket packet = new RtpPacket();
    private int selection;
    private boolean rtcp;

    private SessionReader(DatagramReader reader, List<StreamSelection> selections) {
        this.reader = reader;
        this.selections = List.copyOf(selections);
    }

    /** @throws CaptureException if the file is missing, empty or no capture */
    public static SessionReader open(Path file, List<StreamSelection> selections) throws CaptureException {
        return new SessionReader(DatagramReader.open(file), selections);
    }

    /**
     * Moves to the next packet.
     *
     * @return false at the capture's end
     * @throws CaptureException if the file is cut or damaged here; all packets before it have been delivered
     */
    public boolean next() throws CaptureException {
        while (reader.next()) {
            Datagram datagram = reader.datagram();
            rtcp = Rtcp.isRtcp(datagram.segment(), datagram.offset(), datagram.length());
            selection = rtcp ? ofReport(datagram) : ofPacket(datagram);
            if (selection >= 0) {
                return true;
            }
        }
        return false;
    }

    private int ofReport(Datagram datagram) {
        int sender = datagram.segment().get(U32, datagram.offset() + RTCP_SSRC_OFFSET);
        for (int i = 0; i < selections.size(); i++) {
            if (selections.get(i).isFrom(sender) && datagram.isToHostOf(selections.get(i).destination())) {
                return i;
            }
        }
        return -1;
    }

    private int ofPacket(Datagram datagram) {
        if (datagram.length() < RtpPacket.FIXED_HEADER_LENGTH) {
            return -1;
        }
        boolean valid = packet.wrap(datagram.segment(), datagram.offset(), datagram.length()).isPacket();
        for (int i = 0; i < selections.size(); i++) {
            if (datagram.isTo(selections.get(i).destination()) && (valid || datagram.truncated()) && selections.get(i).takes(packet)) {
                return i;
            }
        }
        return -1;
    }

    /** After an exception of {@link #next}: as {@link CaptureReader#resume}. */
    public boolean resume() throws CaptureException {
        return reader.resume();
    }

    /** Whose packet it is: an index into the selections. */
    public int selection() {
        return selection;
    }

    public boolean isRtcp() {
        return rtcp;
    }

    /** The capture's snap length cut it: not all of its bytes are here. */
    public boolean isTruncated() {
        return reader.datagram().truncated();
    }

    public MemorySegment segment() {
        return reader.datagram().segment();
    }

    public long offset() {
        return reader.datagram().offset();
    }

    public int length() {
        return reader.datagram().length();
    }

    /** Nanoseconds since 1970 UTC. */
    public long arrivalNanos() {
        return reader.datagram().arrivalNanos();
    }

    /** Of the record that brought it, or its last piece; 1 for the file's first. */
    public long recordNumber() {
        return reader.record().number();
    }

    @Override
    public void close() throws CaptureException {
        reader.close();
    }
}
