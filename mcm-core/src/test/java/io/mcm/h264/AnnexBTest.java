package io.mcm.h264;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.rtp.RtpDatagram;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnexBTest {

    private static List<String> units(byte[] stream) {
        MemorySegment segment = RtpDatagram.placedAt(13, stream).asSlice(13, stream.length);
        AnnexB annexB = new AnnexB(segment);
        List<String> units = new ArrayList<>();
        while (annexB.next()) {
            byte[] unit = segment.asSlice(annexB.offset(), annexB.length()).toArray(ValueLayout.JAVA_BYTE);
            assertThat(annexB.header()).isEqualTo(unit[0] & 0xff);
            units.add(HexFormat.of().formatHex(unit));
        }
        assertThat(annexB.next()).isFalse();
        return units;
    }

    @ParameterizedTest
    @CsvSource(nullValues = "none", value = {
        "four-byte start codes,           00000001 6701 00000001 6802,      6701 6802",
        "three-byte start codes,          000001 6701 000001 6802,          6701 6802",
        "zeros after a unit,              000001 6701 000000 000001 6802 0000, 6701 6802",
        "zeros inside a unit,             000001 65 00 00 03 00 01 00 02,   65000003000100 02",
        "bytes before the first,          ffff01 000001 6701,               6701",
        "start codes in a row,            000001 000001 000001 6701,        6701",
        "a start code at the end,         000001 6701 000001,               6701",
        "units of one byte,               000001 09 000001 0a,              09 0a",
        "a unit of zeros is none,         000001 0000 000001 6701,          6701",
        "no start code,                   0000 0203,                        none",
        "nothing but zeros,               000000000000,                     none",
        "a start code alone,              000001,                           none",
        "two bytes,                       0001,                             none"})
    void findsTheUnits(String name, String stream, String expected) {
        String found = String.join("", units(PayloadCase.hex(stream)));
        assertThat(found).isEqualTo(expected == null ? "" : expected.replace(" ", ""));
    }

    @Test
    void tellsUnitsApart() {
        assertThat(units(PayloadCase.hex("00000001 6701 000001 6802"))).containsExactly("6701", "6802");
    }

    @Test
    void anEmptyStreamHasNoUnits() {
        assertThat(units(new byte[0])).isEmpty();
    }

    @Provide
    Arbitrary<List<byte[]>> unitsWithoutEmulation() {
        Arbitrary<Byte> bytes = Arbitraries.frequencyOf(Tuple.of(2, Arbitraries.of((byte) 0, (byte) 1)),
            Tuple.of(1, Arbitraries.bytes()));
        return bytes.array(byte[].class).ofMinSize(1).ofMaxSize(40).map(AnnexBTest::withEmulationPrevention).list().ofMaxSize(10);
    }

    /** H.264 section 7.4.1: 03 after two zeros, a stop bit at the end; the first byte is a header. */
    private static byte[] withEmulationPrevention(byte[] raw) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0x65);
        int zeros = 0;
        for (byte value : raw) {
            if (zeros == 2 && value >= 0 && value <= 3) {
                out.write(3);
                zeros = 0;
            }
            out.write(value);
            zeros = value == 0 ? zeros + 1 : 0;
        }
        out.write(0x80);
        return out.toByteArray();
    }

    @Property(tries = 300)
    void whatTheWriterWritesIsReadTheSame(@ForAll("unitsWithoutEmulation") List<byte[]> units) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AnnexBWriter writer = new AnnexBWriter(out);
        for (byte[] unit : units) {
            writer.begin(null, unit[0]);
            writer.append(RtpDatagram.placedAt(2, unit), 3, unit.length - 1);
            writer.end();
        }
        assertThat(units(out.toByteArray())).containsExactlyElementsOf(units.stream().map(HexFormat.of()::formatHex).toList());
        assertThat(writer.units()).isEqualTo(units.size());
        assertThat(writer.bytes()).isEqualTo(out.size());
    }

    @Test
    void unitsBeyondTwoGigabytesOfAMappedFileAreFound(@TempDir Path directory) throws IOException {
        long far = (1L << 31) + 5;
        Path file = directory.resolve("sparse.h264");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ,
                 StandardOpenOption.WRITE, StandardOpenOption.SPARSE);
             Arena arena = Arena.ofConfined()) {
            channel.write(ByteBuffer.wrap(PayloadCase.hex("000001 6701")), far);
            MemorySegment mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            AnnexB annexB = new AnnexB(mapped, far - 100);
            assertThat(annexB.next()).isTrue();
            assertThat(annexB.offset()).isEqualTo(far + 3);
            assertThat(annexB.length()).isEqualTo(2);
        }
    }
}
