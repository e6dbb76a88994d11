package io.mcm.h264;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/** Counts what a depacketizer gives, and holds it to the grammar of {@link NalUnitSink} and to the bytes that were sent. */
final class NalUnitLedger implements NalUnitSink {

    long bytes;
    long units;
    long accessUnits;
    private boolean open;
    private boolean begunInAccessUnit;
    private final SentPayloads sent;
    private final byte[] unit;
    private int length;
    private int header;
    private long sequence;

    /** @param maxBytes of all units together */
    NalUnitLedger(SentPayloads sent, int maxBytes) {
        this.sent = sent;
        unit = new byte[maxBytes];
    }

    @Override
    public void begin(NalUnitOrigin origin, int header) {
        require(!open && header >= 0 && header <= 0xff && NalType.isSingle(NalHeader.type(header)));
        open = true;
        begunInAccessUnit = true;
        bytes += NalHeader.LENGTH;
        this.header = header;
        sequence = origin.extendedSequence();
        length = 0;
    }

    @Override
    public void append(MemorySegment from, long offset, int count) {
        require(open && count > 0 && offset >= 0 && offset + count <= from.byteSize());
        MemorySegment.copy(from, JAVA_BYTE, offset, unit, length, count);
        length += count;
        bytes += count;
    }

    @Override
    public void end() {
        require(open);
        open = false;
        units++;
        sent.requireSent(sequence, header, unit, length);
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
