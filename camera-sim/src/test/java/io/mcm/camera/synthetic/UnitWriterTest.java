package io.mcm.camera.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.h264.parameter.BitReader;
import java.lang.foreign.ValueLayout;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class UnitWriterTest {

    private static byte[] bytes(UnitWriter out) {
        return out.segment().asSlice(0, out.length()).toArray(ValueLayout.JAVA_BYTE);
    }

    private static BitReader reader(UnitWriter out) {
        return new BitReader().wrap(out.segment(), 1, out.length() - 1);
    }

    @Property
    void exponentialGolombCodesAreReadBack(@ForAll List<@IntRange(min = -32_767, max = 32_767) Integer> values) {
        UnitWriter out = new UnitWriter().begin(0x67);
        values.forEach(value -> out.se(value).ue(value & 0xffff));
        out.end();
        BitReader in = reader(out);
        for (int value : values) {
            assertThat(in.se()).isEqualTo(value);
            assertThat(in.ue()).isEqualTo(value & 0xffff);
        }
        assertThat(in.flag()).as("stop bit").isTrue();
        assertThat(in.isGood()).isTrue();
    }

    @Property
    void noThreeBytesInARowLookLikeAStartCodeAndAllAreReadBack(@ForAll List<@IntRange(min = 0, max = 4) Integer> values) {
        UnitWriter out = new UnitWriter().begin(0x06);
        values.forEach(value -> out.u(8, value));
        out.end();
        byte[] unit = bytes(out);
        for (int i = 0; i + 2 < unit.length; i++) {
            boolean forbidden = unit[i] == 0 && unit[i + 1] == 0 && unit[i + 2] >= 0 && unit[i + 2] < 3;
            assertThat(forbidden).as("at %d of %s", i, unit).isFalse();
        }
        BitReader in = reader(out);
        values.forEach(value -> assertThat(in.bits(8)).isEqualTo(value.longValue()));
        assertThat(in.isGood()).isTrue();
    }

    @Test
    void theCodesAreTheStandards() {
        UnitWriter out = new UnitWriter().begin(0x65);
        // 1 010 011 00100 | se: 1 010 011
        out.ue(0).ue(1).ue(2).ue(3).se(0).se(1).se(-1).end();
        assertThat(bytes(out)).containsExactly(0x65, 0b10100110, 0b01001010, (byte) 0b01110000);
    }

    @Test
    void aZeroAfterWholeBytesIsEscapedByWhatComesAfter() {
        UnitWriter out = new UnitWriter().begin(0x65);
        out.u(16, 0).nonZeroBytes(new byte[] {1, 2, 3}, 0, 3).u(16, 0).u(8, 0).end();
        assertThat(bytes(out)).containsExactly(0x65, 0, 0, 3, 1, 2, 3, 0, 0, 3, 0, (byte) 0x80);
    }
}
