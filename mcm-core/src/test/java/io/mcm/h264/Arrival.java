package io.mcm.h264;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** A packet, by its index, that gets through a network which loses, repeats and reorders. */
record Arrival(int packet, double at) {

    private static final int DUPLICATED_PERCENT = 10;

    /** No packet is overtaken by one that is a whole window ahead of it; the first stays the first. */
    static List<Arrival> of(int packets, int window, int lossPercent, Random random) {
        List<Arrival> arrivals = new ArrayList<>(List.of(new Arrival(0, -1)));
        for (int i = 1; i < packets; i++) {
            if (random.nextInt(100) >= lossPercent) {
                arrivals.add(new Arrival(i, i + random.nextDouble() * (window - 1)));
            }
            if (random.nextInt(100) < DUPLICATED_PERCENT) {
                arrivals.add(new Arrival(i, i + random.nextDouble() * (window - 1)));
            }
        }
        arrivals.sort(Comparator.comparingDouble(Arrival::at));
        return arrivals;
    }

    /** The packets of which one copy or more arrives. */
    static Set<Integer> packets(List<Arrival> arrivals) {
        return new TreeSet<>(arrivals.stream().map(Arrival::packet).toList());
    }
}
