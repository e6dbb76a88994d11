package io.mcm.camera.pace;

import java.util.ArrayList;
import java.util.List;

/** A clock that only waiting and sending move. */
public final class FakeTime implements Clock, Idle {

    /** How long one turn of spinning takes. */
    public long spinStep = 50;
    public long now = -5_000_000_000L;
    /** How much later than asked a parked thread wakes. */
    public long wakesLate;
    final List<Long> parks = new ArrayList<>();
    private Runnable onPark = () -> { };

    public void onPark(Runnable action) {
        onPark = action;
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public void park(long nanos) {
        parks.add(nanos);
        now += nanos + wakesLate;
        onPark.run();
    }

    @Override
    public void spin() {
        now += spinStep;
    }
}
