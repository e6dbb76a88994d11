package io.mcm.camera.impair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mcm.camera.RecordingSink;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImpairerTest {

    private static final int PACKETS = 20_000;
    private static final long SEED = 42;

    private Impairer impairer;

    private List<Integer> send(double loss, double reorder, double duplicate, long seed) {
        RecordingSink sink = new RecordingSink();
        impairer = new Impairer(new Impairments(loss, reorder, duplicate, seed), new SplittableRandom(seed), sink);
        for (int i = 0; i < PACKETS; i++) {
            impairer.packet(0, MemorySegment.ofArray(ByteBuffer.allocate(4).putInt(i).array()), 0, 4, i);
        }
        impairer.end();
        assertThat(sink.due).as("seed %d: time does not run back", seed).isSorted();
        return sink.packets.stream().map(packet -> ByteBuffer.wrap(packet).getInt()).toList();
    }

    private static List<Integer> all() {
        return IntStream.range(0, PACKETS).boxed().toList();
    }

    @Test
    void withoutImpairmentsEveryPacketPassesInOrder() {
        assertThat(send(0, 0, 0, SEED)).isEqualTo(all());
    }

    @Test
    void lossLosesSoManyPercentAndCountsThem() {
        List<Integer> got = send(5, 0, 0, SEED);
        assertThat(got).isSorted().doesNotHaveDuplicates();
        assertThat(PACKETS - got.size()).isCloseTo(PACKETS * 5 / 100, within(PACKETS / 200))
            .isEqualTo((int) impairer.counters().get(ImpairCounter.LOST));
        assertThat(send(100, 0, 0, SEED)).isEmpty();
    }

    @Test
    void duplicatesFollowTheirOriginalAtOnce() {
        List<Integer> got = send(0, 0, 5, SEED);
        assertThat(got).isSorted();
        assertThat(new HashSet<>(got)).hasSize(PACKETS);
        assertThat(got.size() - PACKETS).isCloseTo(PACKETS * 5 / 100, within(PACKETS / 200))
            .isEqualTo((int) impairer.counters().get(ImpairCounter.DUPLICATED));
    }

    @Test
    void aReorderedPacketComesAfterOneToThreeLaterOnesAndNoneIsMissing() {
        List<Integer> got = send(0, 5, 0, SEED);
        assertThat(got).containsExactlyInAnyOrderElementsOf(all());
        long behind = 0;
        for (int at = 0; at < got.size(); at++) {
            assertThat(at - got.get(at)).as("places behind").isBetween(-1, 3);
            behind += at > got.get(at) ? 1 : 0;
        }
        assertThat(behind).isEqualTo(impairer.counters().get(ImpairCounter.REORDERED)).isBetween(PACKETS * 4L / 100, PACKETS * 6L / 100);
    }

    @Test
    void theSameSeedMakesTheSameChoiceAndLossIsTheSameWhateverElseHappens() {
        assertThat(send(3, 3, 3, SEED)).isEqualTo(send(3, 3, 3, SEED)).isNotEqualTo(send(3, 3, 3, SEED + 1));
        assertThat(new HashSet<>(send(3, 0, 0, SEED))).isEqualTo(new HashSet<>(send(3, 10, 10, SEED)));
    }

    @Test
    void percentagesOutsideNoughtToAHundredAreRefused() {
        assertThatThrownBy(() -> new Impairments(101, 0, 0, 1)).hasMessage("loss of 101.0 percent; allowed are 0 to 100");
        assertThatThrownBy(() -> new Impairments(0, -1, 0, 1)).hasMessageContaining("reorder of -1.0");
        assertThatThrownBy(() -> new Impairments(0, 0, Double.NaN, 1)).hasMessageContaining("duplicate of NaN");
    }
}
