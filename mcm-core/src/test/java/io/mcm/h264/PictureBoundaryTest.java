package io.mcm.h264;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.mcm.h264.PictureBoundary.Position;
import io.mcm.h264.parameter.ParameterSets;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PictureBoundaryTest {

    /** SPS with 4 bits of frame_num, order type 0 with 4 bits, fields; PPS 0 and 1 with the bottom field's order and redundant pictures. */
    private static final String SETS = "sps0 pps0 pps1 ";

    private final ParameterSets sets = new ParameterSets();
    private final PictureBoundary boundary = new PictureBoundary(sets);

    private Position position(byte[] unit) {
        sets.accept(MemorySegment.ofArray(unit));
        return boundary.position(unit[0] & 0xff, MemorySegment.ofArray(unit), 1, unit.length - 1);
    }

    /** The units with a bar before each that starts an access unit and a question mark before each that may. */
    private String split(String units) {
        StringBuilder found = new StringBuilder();
        for (String name : units.split(" ")) {
            found.append(switch (position(unit(name))) {
                case STARTS -> "| ";
                case MAY_START -> "? ";
                case CONTINUES -> "";
            }).append(name).append(' ');
        }
        return found.substring(2).trim();
    }

    /**
     * A slice is written as header:first,pps,frame_num,field,bottom,idr_pic_id,lsb,bottom delta,redundant, of which the last ones may be
     * left out where they are 0; a header of 65 is an IDR slice.
     */
    private static byte[] unit(String name) {
        return switch (name) {
            case "sps0" -> bits("01001101 00000000 00101000" + ue(0, 0, 0, 0, 1) + "0" + ue(3, 2) + "0 1 1 0 0 1", 0x67);
            case "sps1" -> bits("01001101 00000000 00101000" + ue(0, 0, 1) + "0" + ue(0, 0, 0, 1) + "0" + ue(3, 2) + "0 1 1 0 0 1", 0x67);
            case "pps0", "pps1" -> bits(ue(name.charAt(3) - '0', 0) + "01" + ue(0, 0, 0) + "000" + ue(0, 0, 0) + "00 1 1", 0x68);
            case "aud" -> new byte[] {9, -16};
            case "sei" -> new byte[] {6, 5};
            case "prefix" -> new byte[] {0x6e, 0x40};
            case "filler" -> new byte[] {12, -1};
            case "eoseq" -> new byte[] {10};
            case "eos" -> new byte[] {11};
            case "B" -> new byte[] {0x43, -1};
            case "cut" -> new byte[] {0x41};
            case "aux" -> new byte[] {0x13, -1};
            default -> slice(name);
        };
    }

    private static byte[] slice(String name) {
        int header = Integer.parseInt(name.substring(0, 2), 16);
        int[] v = Arrays.copyOf(Arrays.stream(name.substring(3).split(",")).mapToInt(Integer::parseInt).toArray(), 9);
        String field = v[3] == 1 ? "1" + v[4] : "0";
        String idr = header == 0x65 ? ue(v[5]) : "";
        return bits(ue(v[0], 0, v[1]) + u4(v[2]) + field + idr + u4(v[6]) + (v[3] == 1 ? "" : se(v[7])) + ue(v[8]), header);
    }

    private static String u4(int value) {
        return Integer.toBinaryString(16 | value).substring(1);
    }

    private static String se(int value) {
        return ue(value > 0 ? 2 * value - 1 : -2 * value);
    }

    private static String ue(int... values) {
        StringBuilder all = new StringBuilder();
        for (int value : values) {
            String code = Integer.toBinaryString(value + 1);
            all.append("0".repeat(code.length() - 1)).append(code);
        }
        return all.toString();
    }

    private static byte[] bits(String text, int header) {
        String bits = text.replace(" ", "") + "1";
        bits += "0".repeat((8 - bits.length() % 8) % 8);
        byte[] unit = new byte[1 + bits.length() / 8];
        unit[0] = (byte) header;
        for (int i = 1; i < unit.length; i++) {
            unit[i] = (byte) Integer.parseInt(bits.substring(8 * i - 8, 8 * i), 2);
        }
        return unit;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', value = {
        "slices of one picture;                         41:0,0,1 41:5,0,1 41:9,0,1",
        "7.4.1.2.4 frame_num differs;                   41:0,0,1 | 41:5,0,2",
        "7.4.1.2.4 pic_parameter_set_id differs;        41:0,0,1 | 41:5,1,1",
        "7.4.1.2.4 field_pic_flag differs;              41:0,0,1 | 41:5,0,1,1",
        "7.4.1.2.4 bottom_field_flag differs;           41:0,0,1,1,0 | 41:5,0,1,1,1",
        "7.4.1.2.4 nal_ref_idc differs with one zero;   41:0,0,1 | 01:5,0,1",
        "7.4.1.2.4 nal_ref_idc differs without a zero;  41:0,0,1 61:5,0,1",
        "7.4.1.2.4 pic_order_cnt_lsb differs;           41:0,0,1,0,0,0,2 | 41:5,0,1,0,0,0,4",
        "7.4.1.2.4 delta_pic_order_cnt_bottom differs;  41:0,0,1,0,0,0,2,1 | 41:5,0,1,0,0,0,2,-1",
        "7.4.1.2.4 IdrPicFlag differs;                  65:0,0,0 | 41:5,0,0",
        "7.4.1.2.4 idr_pic_id differs;                  65:0,0,0,0,0,1 | 65:5,0,0,0,0,2",
        "the first slice of the second picture is lost; 41:0,0,1 41:5,0,1 | 41:5,0,2 41:9,0,2",
        "encoders with one idr_pic_id for all;          65:0,0,0 65:5,0,0 | 65:0,0,0 65:5,0,0",
        "arbitrary slice order;                         41:5,0,1 41:0,0,1 41:9,0,1 | 41:9,0,2 41:0,0,2",
        "redundant pictures belong to their primary;    41:0,0,1 41:0,0,1,0,0,0,0,0,1 41:5,0,1 41:5,0,1,0,0,0,0,0,2 | 41:0,0,2",
        "delimiters;                                    41:0,0,1 | aud 41:0,0,2 41:5,0,2 | aud 41:0,0,3",
        "SEI before a new picture;                      41:0,0,1 ? sei | 41:0,0,2",
        "parameter sets between slices (GStreamer);     65:0,0,0 ? sps0 ? pps0 65:5,0,0 ? sps0 ? pps0 65:9,0,0 | 41:0,0,1",
        "parameter sets and then a delimiter;           41:0,0,1 ? sps0 | aud 41:0,0,2",
        "prefix units (SVC);                            41:0,0,1 ? prefix 41:5,0,1 ? prefix | 41:0,0,2",
        "filler and auxiliary slices belong before;     41:0,0,1 filler aux 41:5,0,1 aux | 41:0,0,2",
        "partitions;                                    42:0,0,1 B 42:5,0,1 B | 42:0,0,2 B 42:5,0,2 B",
        "a lost partition A;                            42:0,0,1 B B | 42:5,0,2 B",
        "after an end of sequence;                      41:0,0,1 eoseq | sps0 65:0,0,0",
        "end of sequence and of stream;                 41:0,0,1 eoseq eos | 41:5,0,1",
        "a slice cut before its header;                 41:0,0,1 cut 41:5,0,1 | 41:0,0,2",
    })
    void withParameterSets(String name, String expected) {
        String units = SETS + expected.replaceAll("[|?] ", "");
        assertThat(split(units)).isEqualTo(SETS + expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', value = {
        "slices only;                       65:0,0,0 | 41:0,0,1 | 41:0,0,2",
        "several slices a picture;          65:0,0,0 65:5,0,0 | 41:0,0,1 41:5,0,1",
        "a lost first slice is not seen;    41:0,0,1 41:5,0,2",
        "a delimiter tells all the same;    41:0,0,1 | aud 41:5,0,2",
    })
    void withoutParameterSetsByTheFirstMacroblock(String name, String expected) {
        assertThat(split(expected.replace("| ", ""))).isEqualTo(expected);
    }

    @Test
    void orderType1IsComparedByItsDifferences() {
        // With order type 1 the last numbers are other bits: 4 of frame_num, one of field, then delta_pic_order_cnt[0] and [1].
        byte[] first = bits(ue(0, 0, 0) + "0001 0" + se(1) + se(2) + ue(0), 0x41);
        byte[] same = bits(ue(5, 0, 0) + "0001 0" + se(1) + se(2) + ue(0), 0x41);
        byte[] second = bits(ue(5, 0, 0) + "0001 0" + se(1) + se(3) + ue(0), 0x41);
        byte[] third = bits(ue(5, 0, 0) + "0001 0" + se(-1) + se(3) + ue(0), 0x41);
        assertThat(Stream.of(unit("sps1"), unit("pps0"), first, same, second, third).map(this::position)).containsExactly(
            Position.STARTS, Position.CONTINUES, Position.CONTINUES, Position.CONTINUES, Position.STARTS, Position.STARTS);
    }

    @Test
    void whoeverKnowsBetterEndsTheAccessUnit() {
        assertThat(split(SETS + "41:0,0,1")).doesNotContain("|");
        boundary.endAccessUnit();
        assertThat(split("41:5,0,1 41:9,0,1")).as("the first one starts, and was cut off here").isEqualTo("41:5,0,1 41:9,0,1");
        boundary.endAccessUnit();
        assertThat(boundary.startsAccessUnit(6, MemorySegment.NULL, 0, 0)).isTrue();
    }

    @Test
    void undecidedUnitsWaitForTheirSlice() {
        split(SETS + "41:0,0,1 sei");
        assertThat(boundary.isUndecided()).isTrue();
        position(unit("filler"));
        assertThat(boundary.isUndecided()).isTrue();
        position(unit("41:0,0,2"));
        assertThat(boundary.isUndecided()).isFalse();
    }

    record Encoded(String name, int pictures, List<byte[]> units) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Encoded> encoded() throws IOException {
        Path table = Path.of("src", "test", "resources", "io", "mcm", "h264", "parameter", "unit-heads.csv");
        return Files.readAllLines(table).stream().skip(1).map(line -> line.split(",")).map(cells -> new Encoded(cells[0],
            Integer.parseInt(cells[1]), Arrays.stream(cells[2].split(" ")).map(HexFormat.of()::parseHex).toList()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("encoded")
    void streamsOfX264HaveAsManyAccessUnitsAsFfprobeCountsPictures(Encoded stream) {
        assertThat(stream.units().stream().map(this::position).filter(Position.STARTS::equals)).hasSize(stream.pictures());
    }

    /** Every second slice of the streams with several slices a picture is lost, the first ones among them. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("encoded")
    void aLostSliceHidesNoPictureOfWhichAnotherCame(Encoded stream) {
        boolean severalSlices = stream.name().matches("slices.*|poc2|intra");
        List<byte[]> left = stream.units().stream().filter(unit -> !severalSlices || !isFirstSlice(unit)).toList();
        assertThat(left.stream().map(this::position).filter(Position.STARTS::equals)).hasSize(stream.pictures());
    }

    private static boolean isFirstSlice(byte[] unit) {
        return NalType.isSlice(NalHeader.type(unit[0] & 0xff)) && unit[1] < 0;
    }

    @Test
    void nothingIsAllocatedPerUnit() {
        split(SETS + "41:0,0,1");
        byte[][] units = {unit("41:0,0,2"), unit("41:5,0,2"), unit("sei"), unit("41:0,0,3")};
        MemorySegment[] segments = Arrays.stream(units).map(MemorySegment::ofArray).toArray(MemorySegment[]::new);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = 0;
        int rounds = 40_000;
        for (int round = 0; round < 2 * rounds; round++) {
            before = round == rounds ? threads.getCurrentThreadAllocatedBytes() : before;
            for (int i = 0; i < units.length; i++) {
                boundary.position(units[i][0] & 0xff, segments[i], 1, units[i].length - 1);
            }
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(rounds);
    }
}
