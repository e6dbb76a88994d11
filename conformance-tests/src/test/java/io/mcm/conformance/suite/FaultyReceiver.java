package io.mcm.conformance.suite;

import io.mcm.foreign.Reactor;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A receiver by hand in a process of its own: {@code FaultyReceiver FAULT UDP OUT}. It commits one fault, or none. */
public final class FaultyReceiver {

    private static final int INDEXES = 1 << 16;
    private static final long LOOK_NANOS = 20_000_000;
    private static final long SECOND_NANOS = 1_000_000_000;
    private static final long END_SECONDS = 5;
    /** Between ring and eventfd: long enough to lose a wake-up soon. */
    private static final long GAP_NANOS = 100_000;
    /** As a shell tells a death of SIGPIPE. */
    private static final int OF_SIGPIPE = 141;
    private static final int NOT_GOOD = 3;

    private final ReceiverFault fault;
    private final Scene scene;
    private final ReceiverFile file;
    private volatile boolean stopped;
    private boolean woken;
    private int taken;

    private FaultyReceiver(ReceiverFault fault, Path file, Scene scene) {
        this.fault = fault;
        this.scene = scene;
        this.file = new ReceiverFile(fault, file);
    }

    public static void main(String... args) {
        ReceiverFault fault = ReceiverFault.valueOf(args[0]);
        Scene scene = new Scene(proxy(fault), TargetFacts.consumer(), new SplittableRandom());
        FaultyReceiver receiver = new FaultyReceiver(fault, Path.of(args[2]), scene);
        CountDownLatch done = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> receiver.stop(done)));
        int code = receiver.run(Integer.parseInt(args[1]));
        done.countDown();
        Runtime.getRuntime().halt(code);
    }

    private static InetSocketAddress proxy(ReceiverFault fault) {
        String port = System.getenv("MCM_MEDIA_PROXY_PORT");
        String used = fault == ReceiverFault.KEEPS_FOUR_DIGITS_OF_THE_PORT ? port.substring(0, 4) : port;
        return new InetSocketAddress(System.getenv("MCM_MEDIA_PROXY_IP"), Integer.parseInt(used));
    }

    private void stop(CountDownLatch done) {
        stopped = true;
        try {
            done.await(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            // It ends all the same.
        }
    }

    private int run(int udp) {
        try {
            ReceiverControl control = ReceiverControl.connect(fault, scene);
            HandConsumer consumer = HandConsumer.of(control.session(udp), scene.evidence()).connected();
            boolean good = receive(consumer, control);
            file.write();
            if (fault != ReceiverFault.SENDS_NO_DESTROY) {
                control.destroy();
            }
            return good ? 0 : NOT_GOOD;
        } catch (CaseFailure | IOException e) {
            System.err.println(e);
            return NOT_GOOD;
        }
    }

    /** False where the proxy has gone. */
    private boolean receive(HandConsumer consumer, ReceiverControl control) throws CaseFailure, IOException {
        try (Reactor reactor = new Reactor()) {
            reactor.add(consumer.interrupt().fd(), () -> onWakeUp(consumer));
            long last = System.nanoTime();
            while (!stopped) {
                woken = false;
                reactor.poll(LOOK_NANOS);
                int took = take(consumer);
                last = took > 0 ? System.nanoTime() : last;
                if (isEndedByFault(took, System.nanoTime() - last)) {
                    return true;
                }
                if (!woken && control.isGone()) {
                    return gone(consumer);
                }
            }
            return true;
        }
    }

    private boolean isEndedByFault(int took, long silence) {
        return switch (fault) {
            case ENDS_OF_A_SPURIOUS_WAKE_UP -> woken && took == 0;
            case ENDS_AFTER_A_SECOND_OF_NOTHING -> taken > 0 && silence > SECOND_NANOS;
            default -> false;
        };
    }

    private boolean gone(HandConsumer consumer) throws CaseFailure, IOException {
        take(consumer);
        if (fault == ReceiverFault.DIES_OF_THE_END_OF_THE_PROXY) {
            file.write();
            Runtime.getRuntime().halt(OF_SIGPIPE);
        }
        return false;
    }

    private void onWakeUp(HandConsumer consumer) {
        woken = true;
        if (fault != ReceiverFault.READS_THE_RING_BEFORE_THE_EVENTFD) {
            consumer.interrupt().drain();
        }
    }

    /** @return units that were taken */
    private int take(HandConsumer consumer) throws CaseFailure {
        if (!woken) {
            return 0;
        }
        int count = pending(consumer);
        for (int i = 0; i < count; i++) {
            byte[] buffer = consumer.take();
            taken++;
            if (fault == ReceiverFault.GIVES_NO_BUFFERS_BACK) {
                consumer.publish(consumer.slots());
            }
            file.append(buffer);
        }
        if (fault == ReceiverFault.READS_THE_RING_BEFORE_THE_EVENTFD) {
            LockSupport.parkNanos(GAP_NANOS);
            consumer.interrupt().drain();
        }
        return count;
    }

    /** What the proxy has published, and may have. */
    private int pending(HandConsumer consumer) {
        long tail = consumer.stride() + RingLayout.TAIL;
        int pending = consumer.rings().segment().get(ValueLayout.JAVA_SHORT_UNALIGNED, tail) - taken & INDEXES - 1;
        return switch (fault) {
            case STOPS_WHERE_THE_INDEX_WRAPS -> Math.min(pending, Math.max(0, INDEXES - 1 - taken));
            case TAKES_ONE_UNIT_A_WAKE_UP -> Math.min(1, pending);
            case FOLLOWS_ANY_TAIL -> pending;
            default -> pending > consumer.slots() ? 0 : pending;
        };
    }
}
