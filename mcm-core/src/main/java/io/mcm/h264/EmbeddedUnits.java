package io.mcm.h264;

import static io.mcm.h264.H264Counter.EMBEDDED_START_CODE;
import static io.mcm.h264.H264Counter.RESERVED_TYPE;

import io.mcm.metric.Counters;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Parts what a camera sends as one NAL unit though it is several with start codes between them. No NAL unit has a start code inside
 * (H.264 section 7.4.1), so nothing right is ever parted. Only units that begin as parameter set, SEI or delimiter are looked
 * through: that is how such cameras begin, and looking through every slice would cost as much as copying it.
 */
final class EmbeddedUnits implements NalUnitSink {

    private static final int START_CODE_ZEROS = 2;
    private static final MemorySegment ZEROS = MemorySegment.ofArray(new byte[64]);

    private enum State {
        /** A unit is open. */
        INSIDE,
        /** A start code has come, and not yet the header byte after it. */
        BETWEEN,
        /** After a header byte that no NAL unit has. */
        OUTSIDE
    }

    private final Counters<H264Counter> counters;
    private final NalUnitSink next;
    private final NalUnitOrigin origin = new NalUnitOrigin();
    private boolean looking;
    private State state = State.INSIDE;
    /** Zero bytes that came last and are not passed on: they may belong to a start code. */
    private int zeros;

    EmbeddedUnits(Counters<H264Counter> counters, NalUnitSink next) {
        this.counters = counters;
        this.next = next;
    }

    @Override
    public void begin(NalUnitOrigin origin, int header) {
        int type = NalHeader.type(header);
        looking = type >= NalType.SEI && type <= NalType.ACCESS_UNIT_DELIMITER;
        if (looking) {
            this.origin.set(origin);
        }
        next.begin(origin, header);
    }

    /** What follows is a byte stream: a start code, a unit, maybe more of both. */
    void beginStream(NalUnitOrigin origin) {
        this.origin.set(origin);
        looking = true;
        state = State.OUTSIDE;
    }

    @Override
    public void append(MemorySegment from, long offset, int length) {
        if (looking) {
            look(from, offset, offset + length);
        } else {
            next.append(from, offset, length);
        }
    }

    private void look(MemorySegment from, long start, long end) {
        long unpassed = start;
        for (long at = start; at < end; at++) {
            int value = from.get(ValueLayout.JAVA_BYTE, at) & 0xff;
            if (state == State.BETWEEN) {
                header(value);
                unpassed = at + 1;
            } else if (value == 0) {
                pass(from, unpassed, at);
                zeros++;
                unpassed = at + 1;
            } else if (value == 1 && zeros >= START_CODE_ZEROS) {
                startCode();
                unpassed = at + 1;
            } else {
                passZeros();
            }
        }
        pass(from, unpassed, end);
    }

    private void header(int value) {
        boolean unit = NalType.isSingle(NalHeader.type(value));
        state = unit ? State.INSIDE : State.OUTSIDE;
        if (unit) {
            next.begin(origin, value);
        } else {
            counters.increment(RESERVED_TYPE);
        }
    }

    private void startCode() {
        counters.increment(EMBEDDED_START_CODE);
        zeros = 0;
        if (state == State.INSIDE) {
            next.end();
        }
        state = State.BETWEEN;
    }

    private void pass(MemorySegment from, long start, long end) {
        if (end > start && state == State.INSIDE) {
            next.append(from, start, (int) (end - start));
        }
    }

    private void passZeros() {
        while (zeros > 0) {
            int count = (int) Math.min(zeros, ZEROS.byteSize());
            pass(ZEROS, 0, count);
            zeros -= count;
        }
    }

    @Override
    public void end() {
        passZeros();
        if (state == State.INSIDE) {
            next.end();
        }
        reset();
    }

    @Override
    public void abandon() {
        if (state == State.INSIDE) {
            next.abandon();
        }
        reset();
    }

    private void reset() {
        looking = false;
        state = State.INSIDE;
        zeros = 0;
    }

    @Override
    public void endAccessUnit() {
        next.endAccessUnit();
    }
}
