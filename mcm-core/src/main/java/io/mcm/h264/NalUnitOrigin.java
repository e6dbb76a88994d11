package io.mcm.h264;

/** Where a NAL unit comes from: the packet that brought its first byte. One object is filled again for unit after unit. */
public final class NalUnitOrigin {

    private static final int SEQUENCE_MASK = 0xffff;

    private long extendedSequence;
    private int timestamp;
    private long arrivalNanos;

    /** For one unit alone. */
    public static NalUnitOrigin of(long extendedSequence, int timestamp, long arrivalNanos) {
        NalUnitOrigin origin = new NalUnitOrigin();
        origin.set(extendedSequence, timestamp, arrivalNanos);
        return origin;
    }

    /** Is this packet from now on. */
    public void set(long extendedSequence, int timestamp, long arrivalNanos) {
        this.extendedSequence = extendedSequence;
        this.timestamp = timestamp;
        this.arrivalNanos = arrivalNanos;
    }

    /** Is the same packet from now on. */
    public void set(NalUnitOrigin other) {
        set(other.extendedSequence, other.timestamp, other.arrivalNanos);
    }

    /** The packet's sequence number without wraps. */
    public long extendedSequence() {
        return extendedSequence;
    }

    /** The packet's sequence number, 0 to 65,535. */
    public int sequence() {
        return (int) extendedSequence & SEQUENCE_MASK;
    }

    /** Unsigned 32 bits at 90 kHz: the packet's, in an MTAP the unit's own (RFC 6184 section 5.7.2). */
    public int timestamp() {
        return timestamp;
    }

    /** When the packet arrived. */
    public long arrivalNanos() {
        return arrivalNanos;
    }
}
