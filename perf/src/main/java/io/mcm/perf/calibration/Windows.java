package io.mcm.perf.calibration;

import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;

/** Some short measurements of one thing, so that a neighbour on the machine does not make the figure alone. */
final class Windows {

    private static final int COUNT = 15;

    private Windows() {}

    static double median(DoubleSupplier window) {
        double[] sorted = DoubleStream.generate(window).limit(COUNT).sorted().toArray();
        return sorted[COUNT / 2];
    }
}
