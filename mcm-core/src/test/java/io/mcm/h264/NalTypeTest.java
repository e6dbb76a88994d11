package io.mcm.h264;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NalTypeTest {

    @Tag("RFC6184-5.2-02")
    @ParameterizedTest
    @CsvSource({"1, slice", "5, IDR slice", "6, SEI", "7, SPS", "8, PPS", "9, AUD", "12, filler", "19, auxiliary slice",
        "24, STAP-A", "25, STAP-B", "26, MTAP16", "27, MTAP24", "28, FU-A", "29, FU-B", "0, 0", "31, 31"})
    void everyTypeHasItsName(int type, String name) {
        assertThat(NalType.name(type)).isEqualTo(name);
    }

    @Tag("RFC6184-5.2-02")
    @ParameterizedTest
    @CsvSource({"0, false, false", "1, true, false", "23, true, false", "24, false, true", "29, false, true",
        "30, false, false", "31, false, false"})
    void aTypeIsAUnitOrAStructureOrReserved(int type, boolean single, boolean structure) {
        assertThat(NalType.isSingle(type)).isEqualTo(single);
        assertThat(NalType.isStructure(type)).isEqualTo(structure);
    }

    @Tag("RFC6184-5.2-01")
    @ParameterizedTest
    @CsvSource({"0x67, 7, 3, false", "0x41, 1, 2, false", "0x06, 6, 0, false", "0xff, 31, 3, true"})
    void aHeaderHasItsThreeFields(String header, int type, int nri, boolean forbidden) {
        int value = Integer.decode(header);
        assertThat(NalHeader.type(value)).isEqualTo(type);
        assertThat(NalHeader.nri(value)).isEqualTo(nri);
        assertThat(NalHeader.isForbidden(value)).isEqualTo(forbidden);
    }
}
