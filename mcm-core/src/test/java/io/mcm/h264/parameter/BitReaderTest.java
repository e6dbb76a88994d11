package io.mcm.h264.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BitReaderTest {

    private static final long LARGEST = 0xffff_fffeL;

    /** Exactly the bytes, so that one more is an IndexOutOfBoundsException. */
    private static BitReader of(byte[] bytes) {
        MemorySegment segment = Arena.ofAuto().allocate(bytes.length + 1L).asSlice(1);
        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, segment, 0, bytes.length);
        return new BitReader().wrap(segment, 0, bytes.length);
    }

    private static BitReader of(String hex) {
        return of(HexFormat.of().parseHex(hex));
    }

    /** H.264 table 9-2 and 9-3. */
    @ParameterizedTest
    @CsvSource({"1,0,0", "010,1,1", "011,2,-1", "00100,3,2", "00101,4,-2", "00110,5,3", "00111,6,-3", "0001000,7,4", "0001001,8,-4",
        "0001010,9,5", "000010000,15,8"})
    void expGolombCodesAreThoseOfTheStandard(String bits, long unsigned, int signed) {
        assertThat(of(new BitWriter().raw(bits).payload()).ue()).isEqualTo(unsigned);
        assertThat(of(new BitWriter().raw(bits).payload()).se()).isEqualTo(signed);
    }

    @Test
    void theLargestCodeIsReadAndOneBeyondItIsTold() {
        BitReader reader = of(new BitWriter().ue(LARGEST).u(1, 1).payload());
        assertThat(reader.ue()).isEqualTo(LARGEST);
        assertThat(reader.bit()).isEqualTo(1);
        assertThat(reader.isGood()).isTrue();
        BitReader beyond = of(new BitWriter().ue(LARGEST + 1).payload());
        assertThat(beyond.ue()).isZero();
        assertThat(beyond.isOversized()).isTrue();
        assertThat(beyond.isGood()).isFalse();
    }

    @Test
    void theSmallestAndLargestSignedCodesAreRead() {
        BitReader reader = of(new BitWriter().se(Integer.MAX_VALUE).se(-Integer.MAX_VALUE).payload());
        assertThat(reader.se()).isEqualTo(Integer.MAX_VALUE);
        assertThat(reader.se()).isEqualTo(-Integer.MAX_VALUE);
        assertThat(reader.isGood()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"000003,0000", "00000301,000001", "0000030000030000,000000000000", "00000303,000003", "0003,0003", "03,03",
        "000000000301,0000000001", "010000030300,0100000300"})
    void emulationPreventionBytesAreNoBits(String unit, String payload) {
        BitReader reader = of(unit);
        for (byte expected : HexFormat.of().parseHex(payload)) {
            assertThat(reader.bits(8)).isEqualTo(expected & 0xff);
        }
        assertThat(reader.isExhausted()).isFalse();
        assertThat(reader.bit()).isZero();
        assertThat(reader.isExhausted()).isTrue();
    }

    @Test
    void pastTheEndThereAreZerosAndNothingEndless() {
        BitReader reader = of("ff");
        assertThat(reader.bits(12)).isEqualTo(0xff0);
        assertThat(reader.isExhausted()).isTrue();
        assertThat(reader.bits(32)).isZero();
        assertThat(reader.ue()).isZero();
        assertThat(reader.se()).isZero();
        assertThat(of("").flag()).isFalse();
        assertThat(of("00").ue()).isZero();
        assertThat(of("04").ue()).as("its suffix is cut").isZero();
    }

    @Test
    void aRangeEndsBeforeItsSegment() {
        MemorySegment segment = MemorySegment.ofArray(new byte[] {-1, 0, 0, 3, -1});
        BitReader reader = new BitReader().wrap(segment, 1, 2);
        assertThat(reader.bits(16)).isZero();
        assertThat(reader.isExhausted()).isFalse();
        assertThat(reader.bit()).isZero();
        assertThat(reader.isExhausted()).isTrue();
        assertThat(reader.wrap(segment, 0, 1).bits(8)).as("used again").isEqualTo(0xff);
        assertThat(reader.isExhausted()).isFalse();
    }

    /** @param width 0 for an unsigned code, 33 for a signed one, else that many bits */
    record Element(int width, long value) {

        void write(BitWriter out) {
            switch (width) {
                case 0 -> out.ue(value);
                case 33 -> out.se(value);
                default -> out.u(width, value);
            }
        }

        long read(BitReader in) {
            return switch (width) {
                case 0 -> in.ue();
                case 33 -> in.se();
                default -> in.bits(width);
            };
        }
    }

    @Provide
    static Arbitrary<List<Element>> elements() {
        Arbitrary<Element> unsigned = Arbitraries.longs().between(0, LARGEST).map(value -> new Element(0, value));
        Arbitrary<Element> signed =
            Arbitraries.longs().between(-Integer.MAX_VALUE, Integer.MAX_VALUE).map(value -> new Element(33, value));
        Arbitrary<Element> bits = Arbitraries.integers().between(1, 32)
            .flatMap(width -> Arbitraries.longs().between(0, (1L << width) - 1).map(value -> new Element(width, value)));
        return Arbitraries.oneOf(unsigned, signed, bits).list().ofMinSize(1).ofMaxSize(40);
    }

    @Property(tries = 500)
    void whatIsWrittenIsRead(@ForAll("elements") List<Element> elements) {
        BitWriter out = new BitWriter();
        elements.forEach(element -> element.write(out));
        BitReader in = of(out.payload());
        assertThat(elements).allSatisfy(element -> assertThat(element.read(in)).isEqualTo(element.value()));
        assertThat(in.isGood()).isTrue();
    }

    @Property(tries = 500)
    void anyBytesAreReadWithoutRunningPastThem(@ForAll byte[] bytes) {
        BitReader in = of(bytes);
        int codes = 0;
        while (!in.isExhausted()) {
            assertThat(in.ue()).isBetween(0L, LARGEST);
            assertThat(++codes).isLessThanOrEqualTo(bytes.length * 8 + 1);
        }
    }
}
