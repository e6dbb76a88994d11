package io.mcm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitParserTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private UnitParser parser;
    private int sequence;

    @BeforeEach
    void begin() {
        parser = new UnitParser(out);
        sequence = 65_534;
    }

    private void unit(String hex) throws IOException {
        parser.accept(MemorySegment.ofArray(HexFormat.of().parseHex(hex.replace(" ", ""))), sequence, 90_000);
        sequence = sequence + 1 & 0xffff;
    }

    private void assertWritten(int nalUnits, String hex) {
        assertThat(HexFormat.of().formatHex(out.toByteArray())).isEqualTo(hex.replace(" ", ""));
        assertThat(parser.nalUnits()).isEqualTo(nalUnits);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        one NAL unit                        | 00000001 6501               | 1 | 00000001 6501
        an access unit of ours              | 00000001 6742 00000001 6501 | 2 | 00000001 6742 00000001 6501
        an access unit of the 24.09 proxy   | 00000001 6742 000001 6501   | 2 | 00000001 6742 00000001 6501
        a three-byte start code first       | 000001 6742                 | 1 | 00000001 6742
        zeros inside and at the end         | 00000001 6500000300 000001 41 | 2 | 00000001 6500000300 000001 41
        nothing                             | ''                          | 0 | ''
        no start code at all                | 65010203                    | 0 | 65010203
        """)
    void everyNalUnitGetsAFourByteStartCode(String what, String unit, int nalUnits, String written) throws IOException {
        unit(unit);
        assertWritten(nalUnits, written);
    }

    @Test
    void fragmentsArePutTogether() throws IOException {
        unit("00000001 6742");
        unit("00000001 7c85 aa");
        unit("00000001 7c05 bb");
        unit("00000001 7c45 cc");
        unit("00000001 78 0002 0901 0001 0a");
        unit("00000001 41ff");
        assertWritten(5, "00000001 6742 00000001 65aabbcc 00000001 0901 00000001 0a 00000001 41ff");
    }

    @Test
    void aNalUnitWithAMissingFragmentIsLeftOut() throws IOException {
        unit("00000001 7c85 aa");
        sequence++;
        unit("00000001 7c45 cc");
        unit("00000001 7c85 dd");
        unit("00000001 7c45 ee");
        assertWritten(1, "00000001 65ddee");
    }

    @Test
    void anythingIsTaken() throws IOException {
        Random random = new Random(5);
        for (int i = 0; i < 2_000; i++) {
            byte[] soup = new byte[random.nextInt(12)];
            random.nextBytes(soup);
            parser.accept(MemorySegment.ofArray(soup), random.nextInt(65_536), random.nextInt());
        }
        assertThat(parser.nalUnits()).isNotNegative();
    }
}
