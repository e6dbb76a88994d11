package io.mcm.conformance.run;

import io.mcm.conformance.suite.CaseFailure;
import io.mcm.conformance.suite.ConformanceCase;
import io.mcm.conformance.suite.CouldNotTest;
import io.mcm.conformance.suite.Profile;
import io.mcm.conformance.suite.Scene;
import io.mcm.conformance.suite.TargetFacts;
import io.mcm.conformance.target.Target;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Plays cases against a target, one after the other; after each the target must still answer. */
public final class Runner {

    private final Target target;
    private final Profile profile;
    private final long seed;
    private final Map<String, String> expectedFailures;
    private final Consumer<Outcome> onOutcome;
    private boolean gone;

    /**
     * @param expectedFailures ids of cases that are known to fail there, each with its reason
     * @param onOutcome        is told of each as it comes
     */
    public Runner(Target target, Profile profile, long seed, Map<String, String> expectedFailures, Consumer<Outcome> onOutcome) {
        this.target = target;
        this.profile = profile;
        this.seed = seed;
        this.expectedFailures = Map.copyOf(expectedFailures);
        this.onOutcome = onOutcome;
    }

    /** Cases that the profile does not demand are left out. */
    public RunResult run(List<ConformanceCase> cases) throws IOException {
        Instant began = Instant.now();
        TargetFacts facts = target.probe();
        List<Outcome> outcomes = new ArrayList<>();
        for (ConformanceCase each : cases) {
            if (profile.includes(each.profile())) {
                Outcome outcome = weighed(play(each, facts));
                outcomes.add(outcome);
                onOutcome.accept(outcome);
            }
        }
        return new RunResult(target.name(), facts, profile, began, seed, outcomes);
    }

    private Outcome play(ConformanceCase each, TargetFacts facts) throws IOException {
        Scene scene = new Scene(target.control(), facts, new SplittableRandom(seed ^ each.id().hashCode()));
        long start = System.nanoTime();
        if (!isThere(facts)) {
            return facts.died() ? outcome(each, scene, Verdict.FAIL, "a proxy that survives a session", facts.describe(), start)
                : outcome(each, scene, Verdict.COULD_NOT_TEST, "", "the target does not answer any more", start);
        }
        try {
            playAndClose(each, scene);
            return outcome(each, scene, Verdict.PASS, "", "", start);
        } catch (CaseFailure e) {
            return outcome(each, scene, Verdict.FAIL, e.expected(), e.actual(), start);
        } catch (CouldNotTest e) {
            return outcome(each, scene, Verdict.COULD_NOT_TEST, "", e.getMessage(), start);
        }
    }

    /** To wait for one that comes back is worth it until it once did not. */
    private boolean isThere(TargetFacts facts) throws IOException {
        if (target.answers()) {
            return true;
        }
        gone = gone || !(facts.delivers() || facts.died()) || !target.revive();
        return !gone;
    }

    /** A proxy may die of the end of a session, too: that is this case's, not the next one's. */
    private void playAndClose(ConformanceCase each, Scene scene) throws CaseFailure, CouldNotTest {
        inTime(each, scene);
        if (!target.answers()) {
            throw new CaseFailure("a proxy that goes on", "it does not accept control connections any more");
        }
    }

    /** The end of its sessions counts. */
    private static void inTime(ConformanceCase each, Scene scene) throws CaseFailure, CouldNotTest {
        FutureTask<Void> played = started("case", () -> {
            try (scene) {
                each.body().play(scene);
            }
            return null;
        });
        try {
            played.get(each.longest().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Not waited for: one that is stuck in a proxy that hangs must not hang the suite.
            played.cancel(true);
            started("closing", () -> {
                scene.close();
                return null;
            });
            throw new CaseFailure("an end within " + each.longest().toSeconds() + " s", "none");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CouldNotTest("interrupted");
        } catch (ExecutionException e) {
            told(e.getCause());
        }
    }

    private static FutureTask<Void> started(String name, Callable<Void> work) {
        FutureTask<Void> task = new FutureTask<>(work);
        Thread.ofPlatform().name(name).daemon().start(task);
        return task;
    }

    private static void told(Throwable thrown) throws CaseFailure, CouldNotTest {
        switch (thrown) {
            case CaseFailure failure -> throw failure;
            case CouldNotTest untestable -> throw untestable;
            default -> throw new CaseFailure("no trouble", thrown.toString());
        }
    }

    private Outcome outcome(ConformanceCase each, Scene scene, Verdict verdict, String expected, String actual, long start) {
        return new Outcome(each, verdict, expected, actual, System.nanoTime() - start, seed, scene.evidence());
    }

    private Outcome weighed(Outcome outcome) {
        String reason = expectedFailures.get(outcome.tried().id());
        if (reason == null) {
            return outcome;
        }
        return switch (outcome.verdict()) {
            case FAIL -> with(outcome, Verdict.EXPECTED_FAILURE, outcome.actual() + " (known: " + reason + ")");
            case PASS -> with(outcome, Verdict.UNEXPECTED_PASS, "it passed, but is listed as failing: " + reason);
            default -> outcome;
        };
    }

    private static Outcome with(Outcome outcome, Verdict verdict, String actual) {
        return new Outcome(outcome.tried(), verdict, outcome.expected(), actual, outcome.nanos(), outcome.seed(), outcome.evidence());
    }
}
