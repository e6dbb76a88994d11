package io.mcm.camera.cli;

import io.mcm.cli.ExitCode;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGINT and SIGTERM as a wish that a command ends by itself, its files complete and its summary printed:
 * {@code try (StopSignal _ = StopSignal.to(work::stop)) { work.run(); }}. The exit code is then 0.
 */
final class StopSignal implements AutoCloseable {

    /** Longer than any command needs for its last batch; shorter than a supervisor waits before SIGKILL (systemd: 90 s, docker: 10 s). */
    private static final long GRACE_SECONDS = 5;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;

    private StopSignal(Runnable stop) {
        hook = new Thread(() -> stopAndWait(stop), "stop-signal");
    }

    /** @param stop makes the command's work end soon; called from another thread */
    static StopSignal to(Runnable stop) {
        StopSignal signal = new StopSignal(stop);
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    private void stopAndWait(Runnable stop) {
        stop.run();
        try {
            if (ended.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
                System.out.flush();
                // The JVM's own code for a signal would say that the command was cut short.
                Runtime.getRuntime().halt(ExitCode.GOOD);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** The command has ended. */
    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The signal came, and the hook waits for nothing but this.
        }
    }
}
