package io.mcm.capture;

import java.lang.foreign.MemorySegment;

/** A UDP datagram of a capture, seen in place: valid until the reader's next step. */
public final class Datagram {

    private final IpHeader ip = new IpHeader();
    private int sourcePort;
    private int destinationPort;
    private MemorySegment segment = MemorySegment.NULL;
    private long offset;
    private int length;
    private boolean truncated;
    private long arrivalNanos;

    Datagram() {}

    IpHeader ip() {
        return ip;
    }

    void ports(int source, int destination) {
        sourcePort = source;
        destinationPort = destination;
    }

    void payload(MemorySegment in, long at, int bytes, boolean cut) {
        segment = in;
        offset = at;
        length = bytes;
        truncated = cut;
    }

    void arrivedAt(long nanos) {
        arrivalNanos = nanos;
    }

    public Endpoint source() {
        return new Endpoint(ip.version, ip.sourceHigh, ip.sourceLow, sourcePort);
    }

    public Endpoint destination() {
        return new Endpoint(ip.version, ip.destinationHigh, ip.destinationLow, destinationPort);
    }

    public Flow flow() {
        return new Flow(source(), destination());
    }

    /** Whether this datagram went there; allocates nothing. */
    public boolean isTo(Endpoint there) {
        return destinationPort == there.port() && isToHostOf(there);
    }

    /** Whether this datagram went to that host, whichever the port; allocates nothing. */
    boolean isToHostOf(Endpoint there) {
        return ip.version == there.version() && ip.destinationLow == there.low() && ip.destinationHigh == there.high();
    }

    /** Whether this datagram came from there; allocates nothing. */
    public boolean isFrom(Endpoint there) {
        return sourcePort == there.port() && ip.version == there.version()
            && ip.sourceLow == there.low() && ip.sourceHigh == there.high();
    }

    public boolean isOf(Flow flow) {
        return isTo(flow.destination()) && isFrom(flow.source());
    }

    public int sourcePort() {
        return sourcePort;
    }

    public int destinationPort() {
        return destinationPort;
    }

    /** The bytes that the payload lies in, from {@link #offset()}, {@link #length()} long. */
    public MemorySegment segment() {
        return segment;
    }

    public long offset() {
        return offset;
    }

    /** Bytes of UDP payload that the capture has. */
    public int length() {
        return length;
    }

    /** The capture's snap length cut the payload. */
    public boolean truncated() {
        return truncated;
    }

    /** Nanoseconds since 1970 UTC at which the frame was captured; of a reassembled datagram the frame that completed it. */
    public long arrivalNanos() {
        return arrivalNanos;
    }
}
