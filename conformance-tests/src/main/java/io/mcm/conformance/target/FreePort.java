package io.mcm.conformance.target;

import io.mcm.conformance.suite.BoundPorts;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of the loopback interface that nobody uses, each handed out once. Below those that the kernel gives to clients (32768): one of
 * theirs can be taken again before it is bound, by any program of the machine, and one who connects to it can meet himself.
 */
public final class FreePort {

    private static final int FIRST = 10_000;
    private static final int LAST = 32_000;
    private static final AtomicInteger NEXT = new AtomicInteger(ThreadLocalRandom.current().nextInt(FIRST, LAST));

    private FreePort() {}

    /** Free for both UDP and TCP, and so is the UDP port after it (RTCP). */
    public static int next() {
        while (true) {
            int port = FIRST + Math.floorMod(NEXT.getAndAdd(2), LAST - FIRST);
            if (isFree(port)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        return !BoundPorts.hasTcp(port) && !BoundPorts.hasUdp(port) && !BoundPorts.hasUdp(port + 1);
    }
}
