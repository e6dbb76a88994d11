package io.mcm.h264;

import java.lang.foreign.MemorySegment;

/**
 * Takes NAL units as the depacketizer finds them, piece by piece and straight from the packets, so that they are copied once:
 * to where they are going. The calls for one NAL unit are {@code begin append* (end | abandon)}; units never overlap.
 */
public interface NalUnitSink {

    /**
     * A NAL unit starts.
     *
     * @param origin the packet that brings its first byte; valid during this call only
     * @param header its first byte (RFC 6184 section 1.3): forbidden bit, NRI, type; for a fragmented one already rebuilt
     */
    void begin(NalUnitOrigin origin, int header);

    /** The next bytes of the unit that was begun; the header byte is not among them. */
    void append(MemorySegment from, long offset, int length);

    /** The unit that was begun is whole. */
    void end();

    /** The unit that was begun will never be whole: forget it. */
    void abandon();

    /** All NAL units since the last call belong to one access unit, which ends here (marker bit or a new timestamp). */
    void endAccessUnit();

    /**
     * So many packets are missing before what comes next. They may have been of the access unit that is open, of the next one or
     * of any between; a fragmented unit that was begun has been abandoned already.
     */
    default void lost(int packets) {
    }

    /** What follows is another stream: another source, or the same one restarted. The last access unit has been ended. */
    default void endStream() {
    }
}
