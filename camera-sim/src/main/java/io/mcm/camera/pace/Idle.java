package io.mcm.camera.pace;

import java.util.concurrent.locks.LockSupport;

/** How a thread waits. */
public interface Idle {

    Idle SYSTEM = new Idle() {
        @Override
        public void park(long nanos) {
            LockSupport.parkNanos(nanos);
        }

        @Override
        public void spin() {
            Thread.onSpinWait();
        }
    };

    /** Gives the core away for about so long; may return early or late. */
    void park(long nanos);

    /** Waits some nanoseconds without giving the core away. */
    void spin();
}
