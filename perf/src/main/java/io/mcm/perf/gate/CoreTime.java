package io.mcm.perf.gate;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/**
 * The time for which an iteration's threads really ran, by operation. On a machine with more to do than cores, no stretch of some
 * milliseconds is without others, and the clock on the wall counts them too. Runs in JMH's fork.
 */
public final class CoreTime implements InternalProfiler {

    /** Nanoseconds an operation. */
    static final String RESULT = "core.time";
    /** In the names that JMH gives to its threads. */
    private static final String WORKER = "jmh-worker";

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long before;

    @Override
    public String getDescription() {
        return "Time of a core by operation";
    }

    @Override
    public void beforeIteration(BenchmarkParams bench, IterationParams iteration) {
        before = workers();
    }

    @Override
    public Collection<ScalarResult> afterIteration(BenchmarkParams bench, IterationParams iteration, IterationResult result) {
        double nanos = (workers() - before) / (double) Math.max(1, result.getMetadata().getAllOps());
        return List.of(new ScalarResult(RESULT, nanos, "ns/op", AggregationPolicy.AVG));
    }

    /** Nanoseconds for which they have run since their start. */
    private long workers() {
        long sum = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().contains(WORKER)) {
                sum += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return sum;
    }
}
