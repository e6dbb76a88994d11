package io.mcm.h264;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.rtp.RtpDatagram;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessUnitsTest {

    /** Upper case: the first slice of a picture; lower case: another one. */
    private static final Map<String, String> UNITS = Map.ofEntries(
        Map.entry("aud", "09f0"), Map.entry("sps", "6742"), Map.entry("pps", "68ce"), Map.entry("sei", "0605"),
        Map.entry("prefix", "6e40"), Map.entry("filler", "0cff"), Map.entry("aux", "1380"), Map.entry("end", "0b"),
        Map.entry("IDR", "6588"), Map.entry("idr", "6540"), Map.entry("P", "419a"), Map.entry("p", "4148"),
        Map.entry("A", "4280"), Map.entry("b", "4380"), Map.entry("c", "4480"));

    private static String split(String units) {
        StringBuilder stream = new StringBuilder();
        String[] names = units.split(" ");
        Arrays.stream(names).forEach(name -> stream.append("000001").append(UNITS.get(name)));
        byte[] bytes = PayloadCase.hex(stream.toString());
        AccessUnits accessUnits = new AccessUnits(RtpDatagram.placedAt(3, bytes).asSlice(3, bytes.length));
        StringBuilder found = new StringBuilder();
        for (String name : names) {
            assertThat(accessUnits.next()).isTrue();
            found.append(accessUnits.startsAccessUnit() ? "| " : "").append(name).append(' ');
        }
        assertThat(accessUnits.next()).isFalse();
        return found.substring(2).trim();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "slices only,                          IDR | P | P",
        "several slices a picture,             IDR idr idr | P p p | P",
        "parameter sets first,                 sps pps sei IDR idr | P | sps pps IDR",
        "delimiters,                           aud sps pps IDR | aud P | aud P",
        "SEI before a slice,                   sps pps IDR | sei P | sei sei P",
        "parameter sets between slices (gst),  sps pps IDR sps pps idr sps pps idr | P p",
        "parameter sets at the end,            IDR | sps pps",
        "delimiter behind parameter sets,      IDR | sps aud IDR",
        "prefix NAL units (SVC),               prefix IDR | prefix P",
        "prefix between slices (SVC),          prefix IDR prefix idr | prefix P prefix p",
        "filler belongs to what is before,     IDR filler | P filler",
        "end of stream,                        IDR end | P",
        "auxiliary slices,                     IDR aux | P aux",
        "data partitions,                      A b c | A b c",
        "a first slice that is missing,        p p | P p"})
    void splitsWhereAPictureBegins(String name, String expected) {
        assertThat(split(expected.replace("| ", ""))).isEqualTo(expected);
    }

    @Test
    void aSliceOfOneByteIsNoFirstSlice() {
        AccessUnits units = new AccessUnits(RtpDatagram.placedAt(0, PayloadCase.hex("000001 6588 000001 41")).asSlice(0, 9));
        units.next();
        units.next();
        assertThat(units.startsAccessUnit()).isFalse();
        assertThat(units.length()).isEqualTo(1);
    }
}
