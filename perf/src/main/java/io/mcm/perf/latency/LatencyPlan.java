package io.mcm.perf.latency;

import io.mcm.perf.path.PictureShape;
import java.io.IOException;
import java.util.List;

/**
 * What to measure.
 *
 * @param rates     pictures a second of all sessions, each a row, upwards until one saturates
 * @param seconds   of each; where that makes fewer pictures than {@link #LEAST_PICTURES} it takes longer
 * @param packets   a picture, FU-A packets of 1,400 bytes
 * @param trains    whether a picture is handed over with GSO, as a network card with receive offload would
 * @param inProcess whether the proxy is in the process of cameras and consumers
 */
public record LatencyPlan(List<Double> rates, double seconds, int packets, boolean trains, boolean inProcess, int workers, int firstPort) {

    /** At one a second a row takes that many seconds. */
    static final int LEAST_PICTURES = 5;
    /** Of a stream; the pace is another matter, only its timestamps depend on this. */
    private static final int PICTURES_PER_SECOND = 30;

    PictureShape shape() {
        return new PictureShape("latency", packets, PICTURES_PER_SECOND, packets, trains);
    }

    long pictures(double rate) {
        return Math.max(LEAST_PICTURES, Math.round(seconds * rate));
    }

    ProxySide proxy() throws IOException {
        return inProcess ? new HostedProxy(workers) : new ChildProxy(workers);
    }
}
