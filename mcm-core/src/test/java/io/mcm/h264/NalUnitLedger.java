package io.mcm.h264;

import java.lang.foreign.MemorySegment;

/** Counts what a depacketizer gives, and holds it to the grammar of {@link NalUnitSink}; keeps nothing, so that it is fast. */
final class NalUnitLedger implements NalUnitSink {

    long bytes;
    long units;
    long accessUnits;
    private boolean open;
    private boolean begunInAccessUnit;

    @Override
    public void begin(NalUnitOrigin origin, int header) {
        require(!open && header >= 0 && header <= 0xff && NalType.isSingle(NalHeader.type(header)));
        open = true;
        begunInAccessUnit = true;
        bytes += NalHeader.LENGTH;
    }

    @Override
    public void append(MemorySegment from, long offset, int length) {
        require(open && length > 0 && offset >= 0 && offset + length <= from.byteSize());
        bytes += length;
    }

    @Override
    public void end() {
        require(open);
        open = false;
        units++;
    }

    @Override
    public void abandon() {
        require(open);
        open = false;
    }

    @Override
    public void endAccessUnit() {
        require(!open && begunInAccessUnit);
        begunInAccessUnit = false;
        accessUnits++;
    }

    @Override
    public void lost(int packets) {
        require(!open && packets > 0);
    }

    static void require(boolean condition) {
        if (!condition) {
            throw new AssertionError();
        }
    }
}
