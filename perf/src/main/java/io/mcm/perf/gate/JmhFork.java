package io.mcm.perf.gate;

import java.util.Arrays;
import java.util.Collection;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs a JMH method in one fresh JVM of a build. */
public final class JmhFork implements Fork {

    private static final String ALLOCATION = "gc.alloc.rate.norm";
    /** JMH starts its forks with the class path that it finds in this property. */
    private static final String CLASS_PATH = "java.class.path";

    private final int warmUps;
    private final int iterations;
    private final TimeValue time;

    /** @param millis of each warm-up and iteration */
    public JmhFork(int warmUps, int iterations, long millis) {
        this.warmUps = warmUps;
        this.iterations = iterations;
        this.time = TimeValue.milliseconds(millis);
    }

    @Override
    public Measured run(Build build, Bench bench, String method) {
        String before = System.getProperty(CLASS_PATH);
        System.setProperty(CLASS_PATH, build.classPath());
        try {
            Collection<RunResult> results = new Runner(options(bench, method)).run();
            if (results.size() != 1) {
                throw new IllegalStateException(method + " gave " + results.size() + " results");
            }
            return measured(results.iterator().next());
        } catch (RunnerException e) {
            throw new IllegalStateException(build.name() + ", " + bench.name() + ": " + e.getMessage(), e);
        } finally {
            System.setProperty(CLASS_PATH, before);
        }
    }

    private Options options(Bench bench, String method) {
        return new OptionsBuilder()
            .include("\\." + method.replace(".", "\\.") + "$").param(bench.parameter(), bench.value())
            .forks(1).warmupIterations(warmUps).warmupTime(time).measurementIterations(iterations).measurementTime(time)
            .addProfiler(GCProfiler.class).shouldFailOnError(true).verbosity(VerboseMode.SILENT)
            .jvmArgs("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-XX:+UseSerialGC").build();
    }

    /** The median, for one iteration in which the host took the core away should not count. */
    private static Measured measured(RunResult result) {
        BenchmarkParams params = result.getParams();
        double[] scores = result.getBenchmarkResults().stream().flatMap(fork -> fork.getIterationResults().stream())
            .map(IterationResult::getPrimaryResult).mapToDouble(primary -> primary.getScore()).sorted().toArray();
        if (scores.length != params.getMeasurement().getCount()) {
            throw new IllegalStateException(params.getBenchmark() + " did not run to its end: " + Arrays.toString(scores));
        }
        return new Measured(scores[scores.length / 2], result.getSecondaryResults().get(ALLOCATION).getScore());
    }
}
