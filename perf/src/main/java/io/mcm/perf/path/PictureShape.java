package io.mcm.perf.path;

import java.util.List;

/**
 * Pictures of one NAL unit in FU-A packets of 1,400 bytes, and how they are sent.
 *
 * @param name           of the row
 * @param packets        a picture
 * @param picturesPerSecond pictures a second
 * @param burst          packets sent one right after the other; the bursts of a picture are spread over its period
 * @param trains         whether a burst is handed over with GSO, as a network card with receive offload would
 */
public record PictureShape(String name, int packets, int picturesPerSecond, int burst, boolean trains) {

    /** As fast as a camera gets. */
    public static final PictureShape FAST = new PictureShape("400 Mbit/s in trains", 600, 60, 46, true);

    public static final List<PictureShape> ALL = List.of(
        new PictureShape("25 Mbit/s, 30 pictures/s, each a burst", 75, 30, 75, false),
        new PictureShape("25 Mbit/s in trains", 75, 30, 75, true),
        new PictureShape("400 Mbit/s, 60 pictures/s, spread in bursts of 46", 600, 60, 46, false),
        FAST,
        new PictureShape("pictures of 1 MB at line rate, 30/s", 750, 30, 750, false),
        new PictureShape("pictures of 1 MB in trains", 750, 30, 750, true));

    /** So many pictures that the JVM has compiled the path before the first row. */
    static final List<PictureShape> WARM_UP = List.of(
        new PictureShape("warm-up", 20, 1_500, 20, false), new PictureShape("warm-up in trains", 20, 3_000, 20, true),
        new PictureShape("warm-up of large ones", 150, 200, 46, true));

    long periodNanos() {
        return 1_000_000_000L / picturesPerSecond;
    }
}
