package io.mcm.h264;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Whether a slice is the first of its picture, seen from the slice before it. */
final class PictureStart {

    /** Keeps what the next slice is compared with. */
    void slice(int header, MemorySegment from, long offset, int length) {
    }

    boolean startsWith(int header, MemorySegment from, long offset, int length) {
        return length > 0 && from.get(ValueLayout.JAVA_BYTE, offset) < 0;
    }
}
