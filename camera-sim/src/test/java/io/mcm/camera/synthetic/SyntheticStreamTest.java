package io.mcm.camera.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.h264.AccessUnits;
import io.mcm.h264.parameter.ParameterSetException;
import io.mcm.h264.parameter.ParameterSets;
import io.mcm.h264.parameter.SequenceParameterSet;
import io.mcm.h264.parameter.SliceHeader;
import java.lang.foreign.MemorySegment;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is coded is read back by our own parsers as what was asked for. */
class SyntheticStreamTest {

    private static final int SLICE = 1;
    private static final int IDR = 5;
    private static final int SEI = 6;
    private static final int SPS = 7;
    private static final int PPS = 8;
    private static final int DELIMITER = 9;
    private static final int PICTURES = 40;

    @Provide
    Arbitrary<SyntheticConfig> configs() {
        Arbitrary<PictureSize> sizes = Combinators.combine(Arbitraries.integers().between(64, 400), Arbitraries.integers().between(48, 300))
            .as((width, height) -> new PictureSize(2 * width, 2 * height));
        Arbitrary<FrameRate> rates = Arbitraries.of(new FrameRate(25, 1), new FrameRate(30_000, 1_001), new FrameRate(1, 1),
            new FrameRate(120, 1));
        return Combinators.combine(sizes, rates, Arbitraries.integers().between(1, 20), Arbitraries.integers().between(1, 6),
                Arbitraries.integers().between(0, 7), Arbitraries.of(ParameterSetPlacement.values()), Arbitraries.of(true, false),
                Arbitraries.of(0L, 2_000L, 20_000L))
            .as((size, rate, gop, slices, reorder, placement, delimiters, bitsPerFrame) -> new SyntheticConfig(size, rate, gop,
                (long) (bitsPerFrame * rate.framesPerSecond()), slices, reorder, placement, List.of(), 0, delimiters, 1));
    }

    private static SequenceParameterSet sequenceSet(SyntheticConfig config) {
        try {
            return SequenceParameterSet.parse(MemorySegment.ofArray(ParameterSetWriter.all(config).getFirst()));
        } catch (ParameterSetException e) {
            throw new AssertionError(e);
        }
    }

    @Property(tries = 200)
    void theSequenceParameterSetTellsTheConfig(@ForAll("configs") SyntheticConfig config) {
        SequenceParameterSet set = sequenceSet(config);
        assertThat(set.width()).isEqualTo(config.size().width());
        assertThat(set.height()).isEqualTo(config.size().height());
        assertThat(set.profileName()).isEqualTo("Constrained Baseline");
        assertThat(set.usability().timing().orElseThrow().framesPerSecond()).isEqualTo(config.rate().framesPerSecond());
        assertThat(set.usability().reorderFrames()).contains(config.reorder() > 0 ? 1 : 0);
        assertThat(set.pictureOrder().type()).isEqualTo(config.reorder() > 0 ? 0 : 2);
    }

    @Property(tries = 200)
    void everyPictureHasItsMarkAndItsSlicesInOrder(@ForAll("configs") SyntheticConfig config) {
        ParameterSets sets = new ParameterSets();
        ParameterSetWriter.all(config).forEach(unit -> sets.accept(MemorySegment.ofArray(unit)));
        SyntheticMark mark = new SyntheticMark();
        int coded = 0;
        for (Units.AccessUnit unit : Units.of(config, PICTURES).accessUnits) {
            boolean idr = unit.types().getLast() == IDR;
            assertThat(unit.types()).isEqualTo(expectedTypes(config, idr, coded == 0));
            byte[] sei = unit.units().get(unit.types().indexOf(SEI));
            assertThat(mark.read(MemorySegment.ofArray(sei))).isTrue();
            assertThat(mark.sendNanos()).isEqualTo(1_000_000_000_000L + unit.dueNanos());
            assertThat(unit.dueNanos()).isEqualTo(config.rate().nanos(coded++));
            assertThat(unit.timestamp()).isEqualTo(config.rate().ticks(mark.frame()));
            assertThat(idr).isEqualTo(mark.frame() % config.gop() == 0);
            checkSlices(config, sets, unit, mark.frame());
        }
    }

    private static List<Integer> expectedTypes(SyntheticConfig config, boolean idr, boolean first) {
        java.util.ArrayList<Integer> types = new java.util.ArrayList<>();
        if (config.delimiters()) {
            types.add(DELIMITER);
        }
        if (config.parameterSets() == ParameterSetPlacement.IDR && idr || config.parameterSets() == ParameterSetPlacement.ONCE && first) {
            types.add(SPS);
            types.add(PPS);
        }
        types.add(SEI);
        types.addAll(java.util.Collections.nCopies(config.slices(), idr ? IDR : SLICE));
        return types;
    }

    private static void checkSlices(SyntheticConfig config, ParameterSets sets, Units.AccessUnit unit, long frame) {
        int previous = -1;
        SliceHeader header = new SliceHeader();
        SliceHeader first = null;
        for (byte[] slice : unit.units().subList(unit.units().size() - config.slices(), unit.units().size())) {
            assertThat(header.read(slice[0] & 0xff, MemorySegment.ofArray(slice), 1, slice.length - 1, sets))
                .isEqualTo(SliceHeader.Extent.WHOLE);
            assertThat(header.firstMacroblock() % config.size().columns()).as("slices are of whole rows").isZero();
            assertThat(header.firstMacroblock()).isGreaterThan(previous);
            previous = header.firstMacroblock();
            assertThat(header.type()).isEqualTo(header.isIdr() ? 2 : 0);
            if (config.reorder() > 0) {
                assertThat(header.orderLsb()).isEqualTo((int) (2 * (frame % config.gop())) & 0xff);
            }
            assertThat(first != null && header.isOfOtherPictureThan(first)).isFalse();
            first = header;
        }
    }

    @Property(tries = 100)
    void pictureBoundariesAreFoundWithoutTimestamps(@ForAll("configs") SyntheticConfig config) {
        Units units = Units.of(config, PICTURES);
        List<byte[]> all = new java.util.ArrayList<>(ParameterSetWriter.all(config));
        if (config.delimiters()) {
            // Nothing may come before the first delimiter.
            all.add(0, units.all().getFirst());
            all.addAll(units.all().subList(1, units.all().size()));
        } else {
            all.addAll(units.all());
        }
        AccessUnits found = new AccessUnits(MemorySegment.ofArray(Units.byteStream(all)));
        int count = 0;
        while (found.next()) {
            count += found.startsAccessUnit() ? 1 : 0;
        }
        assertThat(count).isEqualTo(PICTURES);
    }

    @ParameterizedTest
    @CsvSource({"1280x720, 25, 50, 4000000, 0", "640x360, 30, 30, 1000000, 0", "640x360, 30, 30, 1000000, 3", "320x240, 10, 10, 300000, 0",
        "1920x1080, 60, 60, 20000000, 0", "640x360, 25, 1, 2000000, 0"})
    void theBitRateIsReached(String size, int rate, int gop, long bitsPerSecond, int reorder) {
        SyntheticConfig config = SyntheticConfig.of(PictureSize.parse(size), new FrameRate(rate, 1)).withGop(gop).withReorder(reorder)
            .withBitsPerSecond(bitsPerSecond);
        int pictures = 10 * Math.max(gop, rate);
        List<Units.AccessUnit> units = Units.of(config, pictures).accessUnits;
        double seconds = (double) pictures / rate;
        double measured = units.stream().mapToLong(Units.AccessUnit::bytes).sum() * 8 / seconds;
        assertThat(measured).isBetween(0.98 * bitsPerSecond, 1.02 * bitsPerSecond);
        if (gop > 1) {
            assertThat(units.get(gop).bytes()).as("an IDR picture").isGreaterThan(3 * units.get(gop + 2).bytes());
        }
    }

    @Test
    void theSameSeedMakesTheSameStream() {
        SyntheticConfig config = SyntheticConfig.of(new PictureSize(320, 240), new FrameRate(25, 1)).withBitsPerSecond(500_000);
        assertThat(Units.of(config, PICTURES).byteStream()).isEqualTo(Units.of(config, PICTURES).byteStream());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        127x96         | picture size 127x96; allowed are even numbers from 128x96 to 8192x8192
        640x94         | picture size 640x94; allowed are
        8192x8192      | picture size 8192x8192; allowed are
        640            | picture size '640'; expected WIDTHxHEIGHT
        640xa          | picture size '640xa'; expected WIDTHxHEIGHT
        """)
    void whatIsNoPictureSizeIsToldWithWhatIsAllowed(String text, String message) {
        assertThatThrownBy(() -> PictureSize.parse(text)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        25         | 25     | 40000000   | 3600
        29.97      | 29.97  | 33366700   | 3003
        30000/1001 | 29.970 | 33366666   | 3003
        0.5        | 0.5    | 2000000000 | 180000
        """)
    void frameRatesAreExact(String text, double framesPerSecond, long nanos, int ticks) {
        FrameRate rate = FrameRate.parse(text);
        assertThat(rate.framesPerSecond()).isCloseTo(framesPerSecond, org.assertj.core.data.Offset.offset(0.001));
        assertThat(rate.nanos(1)).isEqualTo(nanos);
        assertThat(rate.ticks(1)).isEqualTo(ticks);
        assertThat(rate.nanos(rate.frames() * 1_000_000L)).isEqualTo(rate.seconds() * 1_000_000_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource({"0", "1001", "25/0", "x", "-25", "1/x"})
    void whatIsNoFrameRateIsTold(String text) {
        assertThatThrownBy(() -> FrameRate.parse(text)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("frame rate")
            .hasMessageContaining("allowed are");
    }

    @Test
    void whatDoesNotFitIsToldWithWhatDoes() {
        SyntheticConfig config = SyntheticConfig.of(new PictureSize(320, 240), new FrameRate(25, 1));
        assertThatThrownBy(() -> config.withSlices(16)).hasMessageContaining("16 slices; a picture of 320x240 allows 1 to its 15");
        assertThatThrownBy(() -> config.withBitsPerSecond(1L << 40)).hasMessageContaining("have room for up to");
        assertThatThrownBy(() -> config.withGop(0)).hasMessageContaining("GOP of 0 pictures; allowed are 1 and more");
        assertThatThrownBy(() -> config.withReorder(8)).hasMessageContaining("8 reordered pictures; allowed are 0 to 7");
        ResolutionChange change = new ResolutionChange(new PictureSize(640, 360), 10);
        assertThatThrownBy(() -> config.withChanges(List.of(change, change))).hasMessageContaining("frame 10 after one at frame 10");
    }
}
