package io.mcm.h264;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Collects whole NAL units, and holds the giver to the grammar of {@link NalUnitSink}. */
final class CheckedNalUnits implements NalUnitSink {

    final List<byte[]> units = new ArrayList<>();
    /** For each access unit its number of whole NAL units. */
    final List<Integer> accessUnits = new ArrayList<>();
    final List<Integer> losses = new ArrayList<>();
    /** Of the unit that began last. */
    final NalUnitOrigin origin = new NalUnitOrigin();
    int streams;
    int abandoned;
    private ByteArrayOutputStream open;
    private boolean begunInAccessUnit;
    private int unitsOfAccessUnit;

    @Override
    public void begin(NalUnitOrigin origin, int header) {
        require(open == null, "begin within a unit");
        require(header >= 0 && header <= 0xff, "header " + header);
        this.origin.set(origin);
        open = new ByteArrayOutputStream();
        open.write(header);
        begunInAccessUnit = true;
    }

    @Override
    public void append(MemorySegment from, long offset, int length) {
        require(open != null, "append outside of a unit");
        require(length > 0, "append of " + length + " bytes");
        open.writeBytes(from.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE));
    }

    @Override
    public void end() {
        require(open != null, "end outside of a unit");
        units.add(open.toByteArray());
        unitsOfAccessUnit++;
        open = null;
    }

    @Override
    public void abandon() {
        require(open != null, "abandon outside of a unit");
        abandoned++;
        open = null;
    }

    @Override
    public void endAccessUnit() {
        require(open == null, "end of access unit within a unit");
        require(begunInAccessUnit, "end of an access unit in which nothing began");
        accessUnits.add(unitsOfAccessUnit);
        begunInAccessUnit = false;
        unitsOfAccessUnit = 0;
    }

    @Override
    public void lost(int packets) {
        require(open == null, "loss within a unit");
        losses.add(packets);
    }

    @Override
    public void endStream() {
        require(open == null && !begunInAccessUnit, "end of the stream within an access unit");
        streams++;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new AssertionError(message);
        }
    }
}
