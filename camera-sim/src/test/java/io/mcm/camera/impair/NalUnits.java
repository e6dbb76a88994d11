package io.mcm.camera.impair;

import io.mcm.h264.NalUnitOrigin;
import io.mcm.h264.NalUnitSink;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Keeps whole NAL units. */
final class NalUnits implements NalUnitSink {

    final List<byte[]> whole = new ArrayList<>();
    private final ByteArrayOutputStream open = new ByteArrayOutputStream();

    @Override
    public void begin(NalUnitOrigin origin, int header) {
        open.reset();
        open.write(header);
    }

    @Override
    public void append(MemorySegment from, long offset, int length) {
        open.writeBytes(from.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE));
    }

    @Override
    public void end() {
        whole.add(open.toByteArray());
    }

    @Override
    public void abandon() {
        open.reset();
    }

    @Override
    public void endAccessUnit() {
        // Units alone count here.
    }
}
