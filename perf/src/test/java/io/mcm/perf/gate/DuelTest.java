package io.mcm.perf.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DuelTest {

    private static final int ROUNDS = 10;
    private static final double TOLERANCE = 1.04;
    private static final List<Bench> ONE = Bench.all().subList(0, 1);

    private static Judgement fight(NoisyFork fork) {
        return new Duel(fork, ROUNDS, TOLERANCE, _ -> {}).fight(new Build("old", ""), new Build("fresh", ""), ONE).getFirst().judgement();
    }

    private static long count(double slowDown, int fights, Judgement judgement) {
        return LongStream.range(0, fights).filter(seed -> fight(new NoisyFork(seed, slowDown)) == judgement).count();
    }

    @Test
    void aTenthSlowerIsCaughtInNineOfTenRuns() {
        assertThat(count(1.1, 100, Judgement.FAIL)).isGreaterThanOrEqualTo(90);
    }

    @Test
    void equalBuildsPassInNineteenOfTwentyRunsAndAreNeverFailed() {
        assertThat(count(1, 100, Judgement.PASS)).isGreaterThanOrEqualTo(95);
        assertThat(count(1, 100, Judgement.FAIL)).isZero();
    }

    @Test
    void aFasterBuildPasses() {
        assertThat(count(0.8, 20, Judgement.PASS)).isEqualTo(20);
    }

    @Test
    void aSlowDownIsMeasuredTwiceBeforeItFails() {
        NoisyFork slow = new NoisyFork(1, 1.5);
        assertThat(fight(slow)).isEqualTo(Judgement.FAIL);
        assertThat(slow.runs).isEqualTo(2 * 4 * ROUNDS);
        NoisyFork equal = new NoisyFork(1, 1);
        assertThat(fight(equal)).isEqualTo(Judgement.PASS);
        assertThat(equal.runs).isEqualTo(4 * ROUNDS);
    }

    @Test
    void roundsThatDoNotAgreeAreRepeatedThreeTimesBeforeTheMachineIsCalledTooBusy() {
        int[] runs = {0};
        Fork torn = (build, _, _) -> new Measured(build.name().equals("fresh") && runs[0] / 2 % 4 < 2 ? 130 : 100, runs[0]++);
        Finding finding = new Duel(torn, ROUNDS, TOLERANCE, _ -> {}).fight(new Build("old", ""), new Build("fresh", ""), ONE).getFirst();
        assertThat(finding.judgement()).isEqualTo(Judgement.INCONCLUSIVE);
        assertThat(runs[0]).isEqualTo(4 * 4 * ROUNDS);
    }

    /** Old, new, new, old: what drifts steadily is the same for both. */
    @Test
    void aMachineThatGetsSlowerAndSlowerIsNoSlowDownOfTheBuild() {
        double[] time = {100};
        Fork drifting = (_, _, _) -> new Measured(time[0] *= 1.02, 0);
        Finding finding = new Duel(drifting, ROUNDS, TOLERANCE, _ -> {}).fight(new Build("old", ""), new Build("fresh", ""), ONE).getFirst();
        assertThat(finding.judgement()).isEqualTo(Judgement.PASS);
    }
}
