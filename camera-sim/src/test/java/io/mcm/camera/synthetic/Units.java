package io.mcm.camera.synthetic;

import io.mcm.camera.source.NalUnitSink;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Keeps the NAL units of a source, and what was said of their access units. */
public final class Units implements NalUnitSink {

    /** What came between {@code beginAccessUnit} and {@code endAccessUnit}. */
    public record AccessUnit(int timestamp, long dueNanos, List<byte[]> units) {

        public int bytes() {
            return units.stream().mapToInt(unit -> unit.length).sum();
        }

        /** Types in order. */
        public List<Integer> types() {
            return units.stream().map(unit -> unit[0] & 0x1f).toList();
        }
    }

    public final List<AccessUnit> accessUnits = new ArrayList<>();
    private AccessUnit open;

    /** Of so many access units, or all up to the end. */
    public static Units of(SyntheticConfig config, int count) {
        Units units = new Units();
        SyntheticSource source = new SyntheticSource(config, dueNanos -> 1_000_000_000_000L + dueNanos);
        for (int i = 0; i < count && source.step(units); i++) {
            assert units.open == null;
        }
        return units;
    }

    @Override
    public void beginAccessUnit(int timestamp, long dueNanos) {
        assert open == null;
        open = new AccessUnit(timestamp, dueNanos, new ArrayList<>());
    }

    @Override
    public void nalUnit(MemorySegment segment, long offset, int length) {
        open.units.add(segment.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE));
    }

    @Override
    public void endAccessUnit() {
        accessUnits.add(open);
        open = null;
    }

    /** All of them, in order. */
    public List<byte[]> all() {
        return accessUnits.stream().flatMap(unit -> unit.units.stream()).toList();
    }

    public byte[] byteStream() {
        return byteStream(all());
    }

    public static byte[] byteStream(List<byte[]> units) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] unit : units) {
            out.writeBytes(new byte[] {0, 0, 0, 1});
            out.writeBytes(unit);
        }
        return out.toByteArray();
    }
}
