package io.mcm.perf.path;

/**
 * What a receiver has done so far.
 *
 * @param packets   received
 * @param cpuNanos  processor time of the receiving thread, system calls and waking up included
 */
record PathFigures(long packets, long cpuNanos) {

    PathFigures since(PathFigures before) {
        return new PathFigures(packets - before.packets, cpuNanos - before.cpuNanos);
    }

    double nanosPerPacket() {
        return packets == 0 ? Double.NaN : (double) cpuNanos / packets;
    }
}
