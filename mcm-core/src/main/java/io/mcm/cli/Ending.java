package io.mcm.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How a running command is ended by SIGINT and SIGTERM: it is asked to stop, closes its files, says its summary, and its own exit
 * code counts. A command that does not stop in time is cut off.
 */
public final class Ending {

    private static final long PATIENCE_SECONDS = 10;
    private static final CountDownLatch FINISHED = new CountDownLatch(1);
    private static volatile int exitCode = ExitCode.ENVIRONMENT;
    private static volatile boolean requested;
    private static volatile boolean ownsProcess;

    private Ending() {}

    /** The process is there for one command, and ends with it; not so where a test calls commands in its own process. */
    static void ownProcess() {
        ownsProcess = true;
    }

    /** Calls {@code stop} from another thread when the user asks for the end; it must make the command return soon. */
    public static void onRequest(Runnable stop) {
        if (!ownsProcess) {
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (FINISHED.getCount() != 0) {
                requested = true;
                stop.run();
                await();
                Runtime.getRuntime().halt(exitCode);
            }
        }, "ending"));
    }

    /** Whether the user has asked. */
    public static boolean isRequested() {
        return requested;
    }

    /** The command has returned; ends the process. */
    static void finish(int code) {
        System.out.flush();
        exitCode = code;
        FINISHED.countDown();
        System.exit(code);
    }

    private static void await() {
        try {
            FINISHED.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
