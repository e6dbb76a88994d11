package io.mcm.camera.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyntheticMarkTest {

    private static byte[] unit(long frame, long sendNanos) {
        UnitWriter out = new UnitWriter();
        SyntheticMark.write(out, frame, sendNanos);
        return out.segment().asSlice(0, out.length()).toArray(ValueLayout.JAVA_BYTE);
    }

    @Property
    void whatIsWrittenIsReadBack(@ForAll long frame, @ForAll long sendNanos) {
        SyntheticMark mark = new SyntheticMark();
        assertThat(mark.read(MemorySegment.ofArray(unit(frame, sendNanos)))).isTrue();
        assertThat(mark.frame()).isEqualTo(frame);
        assertThat(mark.sendNanos()).isEqualTo(sendNanos);
    }

    @Test
    void theNumbersMayNeedEmulationPrevention() {
        assertThat(unit(0, 1)).hasSizeGreaterThan(36);
        SyntheticMark mark = new SyntheticMark();
        assertThat(mark.read(MemorySegment.ofArray(unit(0, 1)))).isTrue();
        assertThat(mark.sendNanos()).isEqualTo(1);
    }

    @Test
    void anotherUnitIsNoMark() {
        SyntheticMark mark = new SyntheticMark();
        byte[] unit = unit(5, 6);
        for (int i = 0; i < 19; i++) {
            byte[] other = unit.clone();
            other[i] ^= 0x04;
            assertThat(mark.read(MemorySegment.ofArray(other))).as("byte %d", i).isFalse();
        }
        for (int length = 0; length < unit.length - 1; length++) {
            assertThat(mark.read(MemorySegment.ofArray(Arrays.copyOf(unit, length)))).as("%d bytes", length).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 12_345, NumberStrip.MODULUS - 1, NumberStrip.MODULUS + 7L})
    void aStripWithAWrongBitIsNoNumber(long frame) {
        PictureSize size = new PictureSize(256, 96);
        Scene scene = new Scene(size);
        byte[] cells = new byte[scene.columns() * scene.rows()];
        scene.paint(frame, cells);
        byte[] luma = new byte[256 * 96];
        for (int i = 0; i < luma.length; i++) {
            luma[i] = (byte) Colour.of(cells[i / 256 / 16 * 16 + i % 256 / 16]).luma();
        }
        assertThat(NumberStrip.read(MemorySegment.ofArray(luma), 0, 256, 256)).isEqualTo((int) (frame % NumberStrip.MODULUS));
        for (int bit = 0; bit < 32; bit++) {
            byte[] wrong = luma.clone();
            int at = (bit / 16 * 16 + 8) * 256 + bit % 16 * 16 + 8;
            wrong[at] = (byte) ((wrong[at] & 0xff) > 126 ? 16 : 235);
            assertThat(NumberStrip.read(MemorySegment.ofArray(wrong), 0, 256, 256)).isEqualTo(NumberStrip.NONE);
        }
    }
}
