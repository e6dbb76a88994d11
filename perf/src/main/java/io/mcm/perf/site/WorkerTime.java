package io.mcm.perf.site;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.stream.Stream;

/** Processor time of the proxy's workers in this process. */
public final class WorkerTime {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private WorkerTime() {}

    public static long cpuNanos() {
        return Stream.of(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
            .filter(info -> info != null && info.getThreadName().startsWith("mcm-worker"))
            .mapToLong(ThreadInfo::getThreadId).map(THREADS::getThreadCpuTime).sum();
    }
}
