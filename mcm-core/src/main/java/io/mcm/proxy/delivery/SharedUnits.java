package io.mcm.proxy.delivery;

import io.mcm.h264.NalUnitOrigin;
import io.mcm.h264.NalUnitSink;
import java.lang.foreign.MemorySegment;

/** One depacketizer's NAL units for many consumers. One in whose delivery something breaks is left out from there on. */
final class SharedUnits implements NalUnitSink {

    private Delivery[] joined = Deliveries.NONE;
    /** Those that take the unit that was begun: who joins in its middle has not seen its beginning. */
    private Delivery[] taking = Deliveries.NONE;

    void join(Delivery delivery) {
        joined = Deliveries.with(joined, delivery);
    }

    void leave(Delivery delivery) {
        joined = Deliveries.without(joined, delivery);
        taking = Deliveries.without(taking, delivery);
    }

    private void fail(Delivery delivery, Throwable fault) {
        delivery.fail(fault);
        leave(delivery);
    }

    @Override
    public void begin(NalUnitOrigin origin, int header) {
        taking = joined;
        for (Delivery each : taking) {
            try {
                each.units().begin(origin, header);
            } catch (RuntimeException | InternalError e) {
                fail(each, e);
            }
        }
    }

    @Override
    public void append(MemorySegment from, long offset, int length) {
        for (Delivery each : taking) {
            try {
                each.units().append(from, offset, length);
            } catch (RuntimeException | InternalError e) {
                fail(each, e);
            }
        }
    }

    @Override
    public void end() {
        for (Delivery each : taking) {
            try {
                each.units().end();
            } catch (RuntimeException | InternalError e) {
                fail(each, e);
            }
        }
    }

    @Override
    public void abandon() {
        for (Delivery each : taking) {
            try {
                each.units().abandon();
            } catch (RuntimeException | InternalError e) {
                fail(each, e);
            }
        }
    }

    @Override
    public void endAccessUnit() {
        for (Delivery each : joined) {
            try {
                each.units().endAccessUnit();
            } catch (RuntimeException | InternalError e) {
                fail(each, e);
            }
        }
    }

    @Override
    public void lost(int packets) {
        for (Delivery each : joined) {
            try {
                each.units().lost(packets);
            } catch (RuntimeException | InternalError e) {
                fail(each, e);
            }
        }
    }

    @Override
    public void endStream() {
        for (Delivery each : joined) {
            try {
                each.units().endStream();
            } catch (RuntimeException | InternalError e) {
                fail(each, e);
            }
        }
    }
}
