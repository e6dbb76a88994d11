package io.mcm.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SequenceTest {

    @Tag("RFC3550-A.1-08")
    @Test
    void wrapsAfter65535() {
        assertThat(Sequence.next(0xFFFF)).isZero();
        assertThat(Sequence.distance(0xFFFF, 0)).isEqualTo(1);
        assertThat(Sequence.distance(0, 0xFFFF)).isEqualTo(-1);
        assertThat(Sequence.extend(0xFFFF, 3)).isEqualTo(0x1_0003);
        assertThat(Sequence.extend(0x1_0003, 0xFFFF)).isEqualTo(0xFFFF);
    }

    @Property
    void extendsToTheNearestNumberWithTheSameLowBits(@ForAll @LongRange(min = 0, max = 1L << 40) long reference,
            @ForAll @IntRange(min = -32_768, max = 32_767) int step) {
        assertThat(Sequence.extend(reference, (int) (reference + step) & 0xffff)).isEqualTo(reference + step);
    }
}
