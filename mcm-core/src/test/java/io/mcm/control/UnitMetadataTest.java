package io.mcm.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UnitMetadataTest {

    private static final String VERSION_1 = "01" + "30" + "a500" + "04030201"
        + "02" + "07" + "000000000000"
        + "0807060504030201" + "1817161514131211" + "2827262524232221" + "3837363534333231";

    @Test
    void isByteForByteWhatItsDiagramShowsAndNothingBeside() {
        byte[] bytes = HexFormat.of().parseHex("aa".repeat(UnitMetadata.LENGTH + 2));
        MemorySegment segment = MemorySegment.ofArray(bytes);
        UnitMetadata.write(segment, 1, DeliveryUnit.ACCESS_UNIT, 7, 0xa5, 0x01020304L);
        UnitMetadata.setOrigin(segment, 1, 0x0102030405060708L, 0x1112131415161718L, 0x2122232425262728L, 0x3132333435363738L);
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("aa" + VERSION_1 + "aa");
    }

    @Test
    void isReadAtItsBase() {
        MemorySegment segment = MemorySegment.ofArray(HexFormat.of().parseHex("ffffff" + VERSION_1));
        assertThat(UnitMetadata.length(segment, 3, UnitMetadata.LENGTH)).isEqualTo(UnitMetadata.LENGTH);
        assertThat(UnitMetadata.flags(segment, 3)).isEqualTo(UnitMetadata.GAP | UnitMetadata.IDR | UnitMetadata.NEW_STREAM
            | UnitMetadata.FORBIDDEN_BIT);
        assertThat(UnitMetadata.packetsLost(segment, 3)).isEqualTo(0x01020304L);
        assertThat(UnitMetadata.unit(segment, 3)).isEqualTo(DeliveryUnit.ACCESS_UNIT);
        assertThat(UnitMetadata.nalType(segment, 3)).isEqualTo(7);
        assertThat(UnitMetadata.extendedSequence(segment, 3)).isEqualTo(0x0102030405060708L);
        assertThat(UnitMetadata.extendedTimestamp(segment, 3)).isEqualTo(0x1112131415161718L);
        assertThat(UnitMetadata.arrivalNanos(segment, 3)).isEqualTo(0x2122232425262728L);
        assertThat(UnitMetadata.ntpTime(segment, 3)).isEqualTo(0x3132333435363738L);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "4294967295, 4294967295", "4294967296, 4294967295", "9223372036854775807, 4294967295"})
    void packetsLostStayAtTheirMaximum(long lost, long told) {
        MemorySegment segment = MemorySegment.ofArray(new byte[UnitMetadata.LENGTH]);
        UnitMetadata.write(segment, 0, DeliveryUnit.NALU, 1, 0, lost);
        assertThat(UnitMetadata.packetsLost(segment, 0)).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({
        "01, 30, 48, 48, this version",
        "01, 30, 500, 48, with a unit behind it",
        "02, 38, 500, 56, a later version with more",
        "ff, ff, 500, 255, the longest of all",
        "02, ff, 255, 255, with no unit behind it",
        "02, 38, 55, -1, longer than the buffer",
        "01, 2f, 500, -1, shorter than the first version",
        "01, 00, 500, -1, no length",
        "00, 30, 500, -1, no version",
        "01, 30, 47, -1, buffer too short",
        "01, 30, -14, -1, buffer without even the header before it"})
    void aReaderTakesWhatLaterVersionsMayBeAndNothingElse(String version, String length, long available, int expected, String what) {
        byte[] bytes = new byte[Math.max(2, (int) available)];
        bytes[0] = HexFormat.of().parseHex(version)[0];
        bytes[1] = HexFormat.of().parseHex(length)[0];
        assertThat(UnitMetadata.length(MemorySegment.ofArray(bytes), 0, available)).as(what).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void everyUnitHasItsNumber(DeliveryUnit unit) {
        MemorySegment segment = MemorySegment.ofArray(new byte[UnitMetadata.LENGTH]);
        UnitMetadata.write(segment, 0, unit, 1, 0, 0);
        assertThat(UnitMetadata.unit(segment, 0)).isEqualTo(unit);
        segment.fill((byte) 0x77);
        assertThat(UnitMetadata.unit(segment, 0)).as("of a later version").isNull();
    }

    /** What real peers call themselves: the C SDK as our proxy or upstream's told it, DPDK, libmemif's default. */
    @ParameterizedTest
    @CsvSource({"memif_rx_0", "DPDK 22.11.7", "libmemif-app", "mcm", "''"})
    void nobodyElseAnnouncesIt(String application) {
        assertThat(UnitMetadata.isAnnounced(application)).isFalse();
        assertThat(UnitMetadata.isAnnounced(UnitMetadata.announce(application))).isTrue();
    }
}
