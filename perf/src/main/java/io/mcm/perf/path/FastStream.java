package io.mcm.perf.path;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * One stream of 120,000 packets a second over loopback, single datagrams, spread in bursts: what a packet costs its receiver.
 *
 * @param nanosPerPacket the receiver's time
 * @param sent           packets a second, as fast as this machine's sender came
 * @param lost           by the kernel, for the receiver was late
 */
public record FastStream(double nanosPerPacket, double sent, double lost) {

    private static final int PACKETS = 150;
    private static final int PICTURES_PER_SECOND = 800;
    private static final int BURST = 25;
    private static final PictureShape SHAPE = new PictureShape("120,000 packets/s", PACKETS, PICTURES_PER_SECOND, BURST, false);
    private static final int WARM_PICTURES = 400;
    private static final long SETTLE_MILLIS = 100;
    private static final double NANOS_PER_SECOND = 1e9;

    /** Through the whole proxy to a consumer; the time of the thread that receives and depacketizes. */
    public static FastStream ours(int port, double seconds) throws IOException, InterruptedException {
        try (ProxyPath proxy = new ProxyPath(port)) {
            return play(proxy, seconds, false);
        }
    }

    /** Of GStreamer's process. */
    public static FastStream gstreamer(int port, double seconds) throws IOException, InterruptedException {
        try (GStreamerPath path = GStreamerPath.start(port)) {
            return play(path, seconds, true);
        }
    }

    /** @param countsDrops whether the figures' packets are those that did not come, below zero */
    private static FastStream play(PacketPath path, double seconds, boolean countsDrops) throws IOException, InterruptedException {
        try (PictureTraffic traffic = new PictureTraffic(SHAPE, path.port())) {
            traffic.send(WARM_PICTURES);
            TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
            PathFigures before = path.figures();
            long begin = System.nanoTime();
            long sent = traffic.send((int) (seconds * PICTURES_PER_SECOND));
            double taken = (System.nanoTime() - begin) / NANOS_PER_SECOND;
            TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
            PathFigures figures = path.figures().since(before);
            long received = countsDrops ? sent + figures.packets() : figures.packets();
            return new FastStream((double) figures.cpuNanos() / received, sent / taken, (double) (sent - received) / sent);
        }
    }
}
