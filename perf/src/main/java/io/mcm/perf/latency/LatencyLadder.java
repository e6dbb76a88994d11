package io.mcm.perf.latency;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** One proxy with so many sessions, from the lowest rate to the first one that is too much. */
final class LatencyLadder {

    private static final double WARM_UP_RATE = 1_000;
    private static final int WARM_UP_PICTURES = 4_000;
    /** What is not there by then is lost. */
    private static final int SETTLE_LOOKS = 50;
    private static final long LOOK_MILLIS = 10;
    private static final int DIGITS = 3;

    private final LatencyPlan plan;
    private final int sessions;

    LatencyLadder(LatencyPlan plan, int sessions) {
        this.plan = plan;
        this.sessions = sessions;
    }

    /** @param onRow is told of each as it comes */
    void climb(Consumer<LatencyRow> onRow) throws IOException, InterruptedException {
        try (ProxySide proxy = plan.proxy()) {
            List<WaitingConsumer> consumers = new ArrayList<>();
            try (PacedCameras cameras = new PacedCameras(plan.shape(), plan.firstPort(), sessions)) {
                for (int i = 0; i < sessions; i++) {
                    consumers.add(new WaitingConsumer(proxy.control(), plan.firstPort() + i));
                }
                climb(proxy, cameras, consumers, onRow);
            } finally {
                consumers.forEach(WaitingConsumer::close);
            }
        }
    }

    private void climb(ProxySide proxy, PacedCameras cameras, List<WaitingConsumer> consumers, Consumer<LatencyRow> onRow)
        throws IOException, InterruptedException {
        play(proxy, cameras, consumers, WARM_UP_RATE, WARM_UP_PICTURES); // not reported: the JVMs compile
        for (double rate : plan.rates()) {
            LatencyRow row = play(proxy, cameras, consumers, rate, plan.pictures(rate));
            onRow.accept(row);
            if (row.isSaturated()) {
                return;
            }
        }
    }

    private LatencyRow play(ProxySide proxy, PacedCameras cameras, List<WaitingConsumer> consumers, double rate, long pictures)
        throws IOException, InterruptedException {
        consumers.forEach(consumer -> consumer.drainTo(new Histogram(DIGITS)));
        long dropped = proxy.dropped();
        PacedCameras.Sent sent = cameras.send(rate, pictures);
        Histogram latency = new Histogram(DIGITS);
        for (int look = 0; look < SETTLE_LOOKS && latency.getTotalCount() < pictures; look++) {
            consumers.forEach(consumer -> consumer.drainTo(latency));
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return new LatencyRow(sessions, rate, sent.picturesPerSecond(), pictures, proxy.dropped() - dropped, latency, sent.lateness());
    }
}
