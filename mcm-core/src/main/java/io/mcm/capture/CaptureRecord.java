package io.mcm.capture;

import java.lang.foreign.MemorySegment;

/** One captured frame, seen in the reader's buffer: valid until the reader's next step. */
public final class CaptureRecord {

    private long number;
    private long timestampNanos;
    private int linkType;
    private int capturedLength;
    private long originalLength;
    private MemorySegment segment = MemorySegment.NULL;
    private long offset;

    CaptureRecord() {}

    void describe(long timestampNanos, int linkType, int capturedLength, long originalLength) {
        number++;
        this.timestampNanos = timestampNanos;
        this.linkType = linkType;
        this.capturedLength = capturedLength;
        // Some writers leave the original length at 0.
        this.originalLength = Math.max(originalLength, capturedLength);
    }

    /** The next one cannot be read. */
    void skip() {
        number++;
    }

    void place(MemorySegment segment, long offset) {
        this.segment = segment;
        this.offset = offset;
    }

    /** 1 for the first record of the file, as other tools number frames. */
    public long number() {
        return number;
    }

    /** Nanoseconds since 1970 UTC; 0 for a pcapng Simple Packet Block, which has no time. */
    public long timestampNanos() {
        return timestampNanos;
    }

    /** One of {@link LinkType}, or any other number that the file gives. */
    public int linkType() {
        return linkType;
    }

    /** Bytes of the frame that are in the file. */
    public int capturedLength() {
        return capturedLength;
    }

    /** Bytes of the frame as it was on the wire, 0 to 4,294,967,295. */
    public long originalLength() {
        return originalLength;
    }

    /** The capture's snap length cut this frame. */
    public boolean truncated() {
        return capturedLength < originalLength;
    }

    /** The bytes that the frame lies in, from {@link #offset()}, {@link #capturedLength()} long. */
    public MemorySegment segment() {
        return segment;
    }

    /** Where in {@link #segment()} the frame starts. */
    public long offset() {
        return offset;
    }

    /** Why a header that needs more bytes than there are is not there. */
    CaptureCounter shortfall() {
        return truncated() ? CaptureCounter.TRUNCATED : CaptureCounter.MALFORMED;
    }
}
