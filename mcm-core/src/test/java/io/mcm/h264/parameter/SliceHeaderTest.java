package io.mcm.h264.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.h264.parameter.SliceHeader.Extent;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SliceHeaderTest {

    private static final int IDR = 0x65;
    private static final int REFERENCE = 0x41;
    private static final int NON_REFERENCE = 0x01;

    private final ParameterSets sets = new ParameterSets();
    private final SliceHeader slice = new SliceHeader();

    private Extent read(int header, BitWriter bits) {
        byte[] payload = bits.payload();
        return slice.read(header, MemorySegment.ofArray(payload), 0, payload.length, sets);
    }

    /** Order type 0 with 4 bits and the bottom field's, fields allowed, redundant pictures allowed. */
    private void everythingOfOrderType0() {
        sets.accept(new BitWriter().u(24, 0x4d0028).ues(0, 0, 0, 0, 1).u(1, 0).ues(3, 2).u(1, 0).u(1, 1).u(1, 1).u(2, 0).unit(0x67));
        sets.accept(new BitWriter().ues(0, 0).u(1, 0).u(1, 1).ues(0, 0, 0).u(3, 0).se(0).se(0).se(0).u(2, 0).u(1, 1).unit(0x68));
    }

    private void orderType1(int alwaysZero) {
        sets.accept(new BitWriter().u(24, 0x4d0028).ues(0, 2, 1).u(1, alwaysZero).se(0).se(0).ues(0, 1).u(1, 0).ues(3, 2).u(4, 0b1100)
            .unit(0x67));
        sets.accept(new BitWriter().ues(3, 0).u(1, 0).u(1, 1).ues(0, 0, 0).u(3, 0).se(0).se(0).se(0).u(2, 0).u(1, 0).unit(0x68));
    }

    @Test
    void aFrameOfOrderType0HasTheBottomFieldsDifference() {
        everythingOfOrderType0();
        assertThat(read(IDR, new BitWriter().ues(5, 7, 0).u(4, 9).u(1, 0).ue(65_535).u(4, 11).se(-2).ue(3))).isEqualTo(Extent.WHOLE);
        assertThat(slice.firstMacroblock()).isEqualTo(5);
        assertThat(slice.type()).isEqualTo(2);
        assertThat(slice.pictureSetId()).isZero();
        assertThat(slice.frameNumber()).isEqualTo(9);
        assertThat(slice.isField()).isFalse();
        assertThat(slice.isIdr()).isTrue();
        assertThat(slice.idrId()).isEqualTo(65_535);
        assertThat(slice.orderLsb()).isEqualTo(11);
        assertThat(slice.deltaOrderBottom()).isEqualTo(-2);
        assertThat(slice.redundantCount()).isEqualTo(3);
    }

    @Test
    void aFieldHasNoBottomFieldsDifference() {
        everythingOfOrderType0();
        assertThat(read(NON_REFERENCE, new BitWriter().ues(0, 1, 0).u(4, 2).u(2, 0b11).u(4, 6).ue(1))).isEqualTo(Extent.WHOLE);
        assertThat(slice.isField()).isTrue();
        assertThat(slice.isBottomField()).isTrue();
        assertThat(slice.isReference()).isFalse();
        assertThat(slice.idrId()).isZero();
        assertThat(slice.orderLsb()).isEqualTo(6);
        assertThat(slice.deltaOrderBottom()).isZero();
        assertThat(slice.redundantCount()).isEqualTo(1);
    }

    @Test
    void orderType1HasItsDifferencesUnlessTheyAreAlwaysZero() {
        orderType1(0);
        assertThat(read(REFERENCE, new BitWriter().ues(0, 0, 3).u(6, 33).se(4).se(-5))).isEqualTo(Extent.WHOLE);
        assertThat(slice.frameNumber()).isEqualTo(33);
        assertThat(slice.deltaOrder0()).isEqualTo(4);
        assertThat(slice.deltaOrder1()).isEqualTo(-5);
        orderType1(1);
        assertThat(read(REFERENCE, new BitWriter().ues(0, 0, 3).u(6, 33))).isEqualTo(Extent.WHOLE);
        assertThat(slice.deltaOrder0()).isZero();
        assertThat(slice.deltaOrder1()).isZero();
    }

    @Test
    void planesWithSlicesOfTheirOwnAreTold() {
        sets.accept(new BitWriter().u(24, 0xf40028).ues(0, 3).u(1, 1).ues(0, 0).u(2, 0).ues(0, 2, 1).u(1, 0).ues(3, 2).u(4, 0b1100)
            .unit(0x67));
        sets.accept(new BitWriter().ues(0, 0).u(2, 0).ues(0, 0, 0).u(3, 0).se(0).se(0).se(0).u(3, 0).unit(0x68));
        assertThat(read(REFERENCE, new BitWriter().ues(0, 0, 0).u(2, 2).u(4, 7))).isEqualTo(Extent.WHOLE);
        assertThat(slice.colourPlane()).isEqualTo(2);
        assertThat(slice.frameNumber()).isEqualTo(7);
    }

    @Test
    void withoutParameterSetsOnlyTheBeginningIsRead() {
        assertThat(read(REFERENCE, new BitWriter().ues(7, 5, 3).u(16, 0))).isEqualTo(Extent.BEGINNING);
        assertThat(slice.firstMacroblock()).isEqualTo(7);
        assertThat(slice.type()).isZero();
        assertThat(slice.pictureSetId()).isEqualTo(3);
        sets.accept(new BitWriter().ues(3, 0).u(2, 0).ues(0, 0, 0).u(3, 0).se(0).se(0).se(0).u(3, 0).unit(0x68));
        assertThat(read(REFERENCE, new BitWriter().ues(7, 5, 3).u(16, 0))).as("PPS without its SPS").isEqualTo(Extent.BEGINNING);
    }

    @ParameterizedTest
    @CsvSource({"139264,0,0,NOTHING", "0,10,0,BEGINNING", "0,0,256,BEGINNING"})
    void valuesThatTheStandardDoesNotHaveEndTheReading(long first, long type, long set, Extent extent) {
        everythingOfOrderType0();
        assertThat(read(REFERENCE, new BitWriter().ues(first, type, set).u(32, 0x88888888))).isEqualTo(extent);
    }

    @Test
    void anIdrIdBeyondTheRangeIsNotTaken() {
        everythingOfOrderType0();
        assertThat(read(IDR, new BitWriter().ues(0, 7, 0).u(4, 0).u(1, 0).ue(65_536).u(4, 0).se(0).ue(0))).isEqualTo(Extent.BEGINNING);
    }

    @ParameterizedTest
    @CsvSource({"3", "4", "6", "7", "8", "9", "12", "20"})
    void otherUnitsHaveNoSliceHeader(int type) {
        assertThat(read(0x60 | type, new BitWriter().ues(0, 0, 0))).isEqualTo(Extent.NOTHING);
    }

    @Test
    void everyTruncationIsRecognised() {
        everythingOfOrderType0();
        byte[] whole = new BitWriter().ues(130, 7, 0).u(4, 9).u(1, 0).ue(65_535).u(4, 11).se(-200).ue(3).payload();
        int[] byExtent = new int[Extent.values().length];
        for (int cut = 0; cut <= whole.length; cut++) {
            MemorySegment exact = MemorySegment.ofArray(java.util.Arrays.copyOf(whole, cut));
            byExtent[slice.read(IDR, exact, 0, cut, sets).ordinal()]++;
        }
        assertThat(byExtent[Extent.NOTHING.ordinal()]).isEqualTo(2);
        assertThat(byExtent[Extent.WHOLE.ordinal()]).isEqualTo(1);
    }
}
