package io.mcm.zoo;

import io.mcm.h264.NalUnitOrigin;
import io.mcm.h264.NalUnitSink;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** What a consumer would get. */
final class Delivered implements NalUnitSink {

    final List<String> units = new ArrayList<>();
    final List<Integer> accessUnits = new ArrayList<>();
    private final StringBuilder open = new StringBuilder();
    private int inAccessUnit;

    @Override
    public void begin(NalUnitOrigin origin, int header) {
        open.setLength(0);
        open.append(HexFormat.of().toHexDigits((byte) header));
    }

    @Override
    public void append(MemorySegment from, long offset, int length) {
        open.append(HexFormat.of().formatHex(from.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE)));
    }

    @Override
    public void end() {
        units.add(open.toString());
        inAccessUnit++;
    }

    @Override
    public void abandon() {
        open.setLength(0);
    }

    @Override
    public void endAccessUnit() {
        accessUnits.add(inAccessUnit);
        inAccessUnit = 0;
    }
}
