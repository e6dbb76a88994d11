package io.mcm.memif.builtin;

import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The short length of {@link Soak}. */
@Timeout(300)
class HostileRoundsTest {

    private static final int ROUNDS = 1_000;

    @TempDir
    Path dir;

    @Test
    void aThousandRoundsLeaveTheBystanderAndTheProcessAsTheyWere() {
        long seed = Long.getLong("mcm.seed", ThreadLocalRandom.current().nextLong());
        try (HostileRounds hostile = new HostileRounds(dir.resolve("memif.sock").toString(), seed)) {
            while (hostile.rounds() < ROUNDS) {
                hostile.round();
            }
            hostile.checkCounters();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + " (-Dmcm.seed)", e);
        }
    }
}
