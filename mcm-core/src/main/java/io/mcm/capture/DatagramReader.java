package io.mcm.capture;

import io.mcm.metric.Counters;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * The UDP datagrams of a capture, in the order of its records: {@code while (reader.next()) use(reader.datagram())}. Every record that
 * brings none is counted by its cause.
 *
 * <pre>
 *   UDP (RFC 768)   | source port 2 | destination port 2 | length 2 | checksum 2 | payload
 * </pre>
 */
public final class DatagramReader implements AutoCloseable {

    private static final int UDP_HEADER_LENGTH = 8;
    private static final int SOURCE_PORT_OFFSET = 0;
    private static final int DESTINATION_PORT_OFFSET = 2;
    private static final int LENGTH_OFFSET = 4;
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final CaptureReader reader;
    private final Counters<CaptureCounter> counters = new Counters<>(CaptureCounter.class);
    private final LinkLayer link = new LinkLayer();
    private final FragmentStore fragments = new FragmentStore(counters);
    private final Datagram datagram = new Datagram();

    DatagramReader(CaptureReader reader) {
        this.reader = reader;
    }

    /** @throws CaptureException if the file is missing, empty or no capture */
    public static DatagramReader open(Path file) throws CaptureException {
        return new DatagramReader(CaptureReader.open(file));
    }

    /**
     * Moves {@link #datagram()} to the next one.
     *
     * @return false at the capture's end
     * @throws CaptureException if the file is cut or damaged here; all datagrams before it have been delivered
     */
    public boolean next() throws CaptureException {
        while (reader.next()) {
            CaptureCounter outcome = decode(reader.record());
            if (outcome != null) {
                counters.increment(outcome);
            }
            if (outcome == CaptureCounter.DATAGRAMS) {
                return true;
            }
        }
        fragments.finish();
        return false;
    }

    /** After an exception of {@link #next}: as {@link CaptureReader#resume}. */
    public boolean resume() throws CaptureException {
        return reader.resume();
    }

    /** The datagram that {@link #next()} found; the same view each time. */
    public Datagram datagram() {
        return datagram;
    }

    /** The record that brought it, or its last piece. */
    public CaptureRecord record() {
        return reader.record();
    }

    public Counters<CaptureCounter> counters() {
        return counters;
    }

    public Path file() {
        return reader.file();
    }

    @Override
    public void close() throws CaptureException {
        reader.close();
    }

    /** What became of the record; null for a fragment, which its store has counted. */
    private CaptureCounter decode(CaptureRecord record) {
        int etherType = link.locate(record);
        return switch (etherType) {
            case LinkLayer.UNKNOWN -> CaptureCounter.UNKNOWN_LINK_TYPE;
            case LinkLayer.SHORT -> record.shortfall();
            case LinkLayer.IPV4, LinkLayer.IPV6 -> decodeIp(record, etherType);
            default -> CaptureCounter.NOT_IP;
        };
    }

    private CaptureCounter decodeIp(CaptureRecord record, int etherType) {
        IpHeader ip = datagram.ip();
        long at = record.offset() + link.headerLength();
        int there = record.capturedLength() - link.headerLength();
        long onWire = record.originalLength() - link.headerLength();
        CaptureCounter problem = etherType == LinkLayer.IPV4
            ? ip.readV4(record.segment(), at, there, onWire)
            : ip.readV6(record.segment(), at, there, onWire);
        if (problem != null) {
            return problem == CaptureCounter.TRUNCATED ? record.shortfall() : problem;
        }
        if (ip.isFragment()) {
            return decodeFragment(record, ip);
        }
        if (ip.protocol != IpHeader.UDP) {
            return CaptureCounter.NOT_UDP;
        }
        datagram.arrivedAt(record.timestampNanos());
        return decodeUdp(record.segment(), ip.payloadOffset, end(record) - ip.payloadOffset, ip.payloadLength);
    }

    private CaptureCounter decodeFragment(CaptureRecord record, IpHeader ip) {
        if (ip.version == 4 && ip.protocol != IpHeader.UDP) {
            return CaptureCounter.NOT_UDP;
        }
        if (ip.payloadOffset + ip.payloadLength > end(record)) {
            return record.shortfall();
        }
        FragmentedDatagram whole = fragments.add(ip, record.segment(), record.timestampNanos());
        return whole == null ? null : decodeWhole(record, ip, whole);
    }

    private CaptureCounter decodeWhole(CaptureRecord record, IpHeader ip, FragmentedDatagram whole) {
        ip.payloadOffset = 0;
        ip.payloadLength = whole.length();
        ip.protocol = whole.protocol();
        if (ip.version == 6) {
            CaptureCounter problem = ip.readExtensions(whole.segment(), 0, whole.length(), whole.length(), whole.protocol());
            if (problem != null) {
                return problem;
            }
        }
        if (ip.protocol != IpHeader.UDP) {
            return CaptureCounter.NOT_UDP;
        }
        datagram.arrivedAt(record.timestampNanos());
        return decodeUdp(whole.segment(), ip.payloadOffset, ip.payloadLength, ip.payloadLength);
    }

    /**
     * @param there  bytes that the capture has from {@code at}
     * @param onWire bytes that the IP headers say there are
     */
    private CaptureCounter decodeUdp(MemorySegment segment, long at, long there, int onWire) {
        if (Math.min(there, onWire) < UDP_HEADER_LENGTH) {
            return there < onWire ? CaptureCounter.TRUNCATED : CaptureCounter.MALFORMED;
        }
        int length = u16(segment, at + LENGTH_OFFSET);
        if (length < UDP_HEADER_LENGTH || length > onWire) {
            return CaptureCounter.MALFORMED;
        }
        datagram.ports(u16(segment, at + SOURCE_PORT_OFFSET), u16(segment, at + DESTINATION_PORT_OFFSET));
        boolean cut = there < length;
        if (cut) {
            counters.increment(CaptureCounter.TRUNCATED);
        }
        int payload = (int) Math.min(there, length) - UDP_HEADER_LENGTH;
        datagram.payload(segment, at + UDP_HEADER_LENGTH, payload, cut);
        return CaptureCounter.DATAGRAMS;
    }

    private static long end(CaptureRecord record) {
        return record.offset() + record.capturedLength();
    }

    private static int u16(MemorySegment segment, long offset) {
        return segment.get(U16, offset) & 0xffff;
    }
}
