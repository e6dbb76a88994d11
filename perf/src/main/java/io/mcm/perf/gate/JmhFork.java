package io.mcm.perf.gate;

import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.profile.LinuxPerfNormProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs a JMH method in one fresh JVM of a build. */
public final class JmhFork implements Fork {

    private static final String ALLOCATION = "gc.alloc.rate.norm";
    /** JMH starts its forks with the class path that it finds in this property. */
    private static final String CLASS_PATH = "java.class.path";

    /** After a second the benches of this module no longer change, also where the compiler has to share its core. */
    private static final int WARM_UPS = 10;
    private static final TimeValue WARM_UP = TimeValue.milliseconds(100);
    /** Many and short, so that some are undisturbed. */
    private static final int ITERATIONS = 30;
    private static final TimeValue ITERATION = TimeValue.milliseconds(30);

    /**
     * Waiting for the compiler, a fork always profiles the same stretch of its work and gets the same machine code. Where it does not wait,
     * forks of one build differ by up to a tenth.
     */
    private static final String SAME_CODE = "-Xbatch";

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
        ChainedOptionsBuilder options = new OptionsBuilder()
            .include("\\." + method.replace(".", "\\.") + "$").param(bench.parameter(), bench.value())
            .forks(1).warmupIterations(WARM_UPS).warmupTime(WARM_UP).measurementIterations(ITERATIONS).measurementTime(ITERATION)
            .addProfiler(GCProfiler.class).addProfiler(CoreTime.class).shouldFailOnError(true).verbosity(VerboseMode.SILENT)
            .jvmArgs("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-XX:+UseSerialGC", SAME_CODE);
        return (InstructionCount.isAvailable() ? options.addProfiler(LinuxPerfNormProfiler.class, "events=" + InstructionCount.EVENT) : options)
            .build();
    }

    /**
     * The least, for what a neighbour on the machine does to an iteration only ever adds: cold caches, the other half of the core. To
     * allocation too: JMH's own kilobyte an iteration is shared by fewer operations where the core was taken away.
     */
    private static Measured measured(RunResult result) {
        BenchmarkParams params = result.getParams();
        List<IterationResult> iterations = result.getBenchmarkResults().stream().flatMap(fork -> fork.getIterationResults().stream()).toList();
        if (iterations.size() != params.getMeasurement().getCount()) {
            throw new IllegalStateException(params.getBenchmark() + " did not run to its end: " + iterations.size() + " iterations");
        }
        return new Measured(least(iterations, CoreTime.RESULT), least(iterations, ALLOCATION), instructions(result));
    }

    /** Counted over the whole measurement. */
    private static OptionalDouble instructions(RunResult result) {
        Result<?> counted = result.getSecondaryResults().get(InstructionCount.EVENT);
        return counted == null ? OptionalDouble.empty() : OptionalDouble.of(counted.getScore());
    }

    private static double least(List<IterationResult> iterations, String label) {
        return iterations.stream().mapToDouble(iteration -> iteration.getSecondaryResults().get(label).getScore()).min().orElseThrow();
    }
}
