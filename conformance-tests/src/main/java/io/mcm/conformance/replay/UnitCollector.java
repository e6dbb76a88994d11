package io.mcm.conformance.replay;

import io.mcm.h264.NalUnitOrigin;
import io.mcm.h264.NalUnitSink;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Puts NAL units together and remembers which packets carried them. */
final class UnitCollector implements NalUnitSink {

    private final Consumer<ReferenceUnit> out;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<byte[]> packets = new ArrayList<>();
    private byte[] current;
    private boolean open;
    private int timestamp;
    private long units;
    private long accessUnits;

    /** @param from what numbers begin with; the first is one more */
    UnitCollector(Consumer<ReferenceUnit> out, int from) {
        this.out = out;
        units = from;
        accessUnits = from;
    }

    /** What comes next comes of this one. */
    void packet(byte[] packet) {
        current = packet;
        if (open) {
            packets.add(packet);
        }
    }

    @Override
    public void begin(NalUnitOrigin origin, int header) {
        open = true;
        timestamp = origin.timestamp();
        packets.clear();
        packets.add(current);
        bytes.reset();
        bytes.write(header);
    }

    @Override
    public void append(MemorySegment from, long offset, int length) {
        bytes.writeBytes(from.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE));
    }

    @Override
    public void end() {
        open = false;
        units++;
        out.accept(new ReferenceUnit(units, accessUnits + 1, timestamp, bytes.toByteArray(), List.copyOf(packets)));
    }

    @Override
    public void abandon() {
        open = false;
    }

    @Override
    public void endAccessUnit() {
        accessUnits++;
    }
}
