package io.mcm.capture;

import static io.mcm.capture.Bytes.*;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CaptureReaderTest {

    private static final byte[] FRAME = hex("0102030405");
    private static final String FIVE_BYTES = "0102030405";

    @TempDir
    private Path folder;

    /** What a reader says of a record. */
    private record Seen(long number, long nanos, int linkType, long originalLength, String hex) {}

    private Path file(byte[]... parts) throws IOException {
        return Files.write(folder.resolve("capture"), join(parts));
    }

    private static List<Seen> read(Path file) throws CaptureException {
        List<Seen> all = new ArrayList<>();
        readInto(all, file);
        return all;
    }

    private static void readInto(List<Seen> all, Path file) throws CaptureException {
        try (CaptureReader reader = CaptureReader.open(file)) {
            while (reader.next()) {
                CaptureRecord record = reader.record();
                MemorySegment bytes = record.segment().asSlice(record.offset(), record.capturedLength());
                all.add(new Seen(record.number(), record.timestampNanos(), record.linkType(), record.originalLength(),
                    HexFormat.of().formatHex(bytes.toArray(ValueLayout.JAVA_BYTE))));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"a1b2c3d4, 5000007000", "a1b23c4d, 5000000007"})
    void pcapIsReadInBothByteOrdersAndResolutions(String magic, long nanos) throws IOException {
        for (ByteOrder order : List.of(LITTLE_ENDIAN, BIG_ENDIAN)) {
            byte[] header = pcapHeader(order, Integer.parseUnsignedInt(magic, 16), LinkType.ETHERNET);
            Path file = file(header, pcapRecord(order, 5, 7, 9, FRAME), pcapRecord(order, 5, 7, 5, FRAME));
            assertThat(read(file)).as(order + " " + magic).containsExactly(
                new Seen(1, nanos, LinkType.ETHERNET, 9, FIVE_BYTES), new Seen(2, nanos, LinkType.ETHERNET, 5, FIVE_BYTES));
        }
    }

    @Test
    void theModifiedMagicHasLongerRecordHeaders() throws IOException {
        byte[] record = pcapRecord(LITTLE_ENDIAN, 1, 2, 5, FRAME);
        Path file = file(pcapHeader(LITTLE_ENDIAN, 0xa1b2cd34, 1), slice(record, 0, 16), new byte[8], FRAME);
        assertThat(read(file)).containsExactly(new Seen(1, 1_000_002_000L, 1, 5, FIVE_BYTES));
    }

    @Test
    void secondsAfter2038AreUnsigned() throws IOException {
        Path file = file(pcapHeader(LITTLE_ENDIAN, 0xa1b2c3d4, 1), pcapRecord(LITTLE_ENDIAN, 0xffff_fff0, 0, 5, FRAME));
        assertThat(read(file).getFirst().nanos()).isEqualTo(0xffff_fff0L * 1_000_000_000L);
    }

    @Test
    void frameCheckSequenceBitsAreNoPartOfTheLinkType() throws IOException {
        assertThat(read(file(pcapHeader(LITTLE_ENDIAN, 0xa1b2c3d4, 0x4400_0001), pcapRecord(LITTLE_ENDIAN, 0, 0, 5, FRAME))))
            .first().extracting(Seen::linkType).isEqualTo(LinkType.ETHERNET);
    }

    @Test
    void pcapngInterfacesKeepTheirOwnLinkTypesClocksAndSnapLengths() throws IOException {
        for (ByteOrder order : List.of(LITTLE_ENDIAN, BIG_ENDIAN)) {
            byte[] offset = ByteBuffer.allocate(8).order(order).putLong(100).array();
            Path file = file(section(order),
                pcapngInterface(order, LinkType.ETHERNET, 4),
                pcapngInterface(order, LinkType.RAW, 0, option(order, 9, hex("09")), option(order, 0, hex(""))),
                pcapngInterface(order, LinkType.LINUX_SLL, 0, option(order, 2, hex("6c6f")), option(order, 14, offset)),
                pcapngInterface(order, LinkType.NULL, 0, option(order, 9, hex("8a"))),
                block(order, 0x0bad, hex("01020304")),
                enhancedPacket(order, 0, 3, FRAME), enhancedPacket(order, 1, 3, FRAME), enhancedPacket(order, 2, 3, FRAME),
                enhancedPacket(order, 3, 3 * 1024, FRAME), simplePacket(order, 5, slice(FRAME, 0, 4)),
                obsoletePacket(order, 1, 1L << 33, FRAME));
            assertThat(read(file)).as(order.toString()).containsExactly(
                new Seen(1, 3_000, LinkType.ETHERNET, 5, FIVE_BYTES),
                new Seen(2, 3, LinkType.RAW, 5, FIVE_BYTES),
                new Seen(3, 100_000_003_000L, LinkType.LINUX_SLL, 5, FIVE_BYTES),
                new Seen(4, 3_000_000_000L, LinkType.NULL, 5, FIVE_BYTES),
                new Seen(5, 0, LinkType.ETHERNET, 5, "01020304"),
                new Seen(6, 1L << 33, LinkType.RAW, 5, FIVE_BYTES));
        }
    }

    @Test
    void eachSectionHasItsOwnByteOrderAndInterfaces() throws IOException {
        Path file = file(section(LITTLE_ENDIAN), pcapngInterface(LITTLE_ENDIAN, 1, 0), enhancedPacket(LITTLE_ENDIAN, 0, 1, FRAME),
            section(BIG_ENDIAN), pcapngInterface(BIG_ENDIAN, 101, 0), enhancedPacket(BIG_ENDIAN, 0, 2, FRAME));
        assertThat(read(file)).extracting(Seen::linkType).containsExactly(1, 101);
    }

    @ParameterizedTest
    @CsvSource({"0x00, 3, 3000000000", "0x06, 3, 3000", "0x09, 3, 3", "0x0c, 3999, 3", "0x80, 3, 3000000000", "0xa0, 4294967296, 1000000000",
        "0xbf, 4611686018427387904, 500000000"})
    void timestampsOfAnyResolutionBecomeNanoseconds(String resolution, long ticks, long nanos) {
        assertThat(new PcapngInterface(1, 0, Integer.decode(resolution), 0).nanos(ticks)).isEqualTo(nanos);
    }

    @Test
    void aFrameMayBeAsLongAsLibpcapAllows() throws IOException {
        byte[] longest = new byte[CaptureInput.MAX_FRAME];
        byte[][] frames = {longest, FRAME, longest, longest, longest, longest, longest, FRAME};
        assertThat(read(Files.write(folder.resolve("long"), pcap(1, frames)))).hasSize(frames.length)
            .last().extracting(Seen::hex).isEqualTo(FIVE_BYTES);
    }

    static Stream<Arguments> damagedFiles() {
        byte[] header = pcapHeader(LITTLE_ENDIAN, 0xa1b2c3d4, 1);
        byte[] record = pcapRecord(LITTLE_ENDIAN, 0, 0, 5, FRAME);
        byte[] absurd = slice(record, 0, 16);
        ByteBuffer.wrap(absurd).order(LITTLE_ENDIAN).putInt(8, -1);
        byte[] start = join(section(LITTLE_ENDIAN), pcapngInterface(LITTLE_ENDIAN, 1, 0));
        byte[] packet = enhancedPacket(LITTLE_ENDIAN, 0, 1, FRAME);
        byte[] lying = packet.clone();
        ByteBuffer.wrap(lying).order(LITTLE_ENDIAN).putInt(20, 20);
        byte[] oddLength = packet.clone();
        ByteBuffer.wrap(oddLength).order(LITTLE_ENDIAN).putInt(4, 42);
        return Stream.of(
            Arguments.of(join(), 0, "is empty"),
            Arguments.of(hex("d4c3"), 0, "it starts with d4c3"),
            Arguments.of("GIF89a".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, "it starts with 47494638; allowed are pcap"),
            Arguments.of(slice(header, 0, 20), 0, "cut in the file header: 24 bytes are needed, 20 are there"),
            Arguments.of(join(header, record, slice(record, 0, 7)), 1, "cut in record 2: 16 bytes are announced, 7 are there"),
            Arguments.of(join(header, record, slice(record, 0, 18)), 1, "cut in record 2: 5 bytes are announced, 2 are there"),
            Arguments.of(join(header, record, absurd), 1, "record 2 says that it has 4294967295 captured bytes; 0 to 262144 are allowed"),
            Arguments.of(join(start, packet, slice(packet, 0, 9)), 1, "cut in record 2"),
            Arguments.of(join(start, packet, slice(packet, 0, 30)), 1, "cut in record 2: 5 bytes are announced, 2 are there"),
            Arguments.of(join(start, slice(packet, 0, 36)), 1, "after record 1: cut"),
            Arguments.of(join(start, lying), 0, "20 captured bytes in a block of 40"),
            Arguments.of(join(start, oddLength), 0, "a block of 42 bytes; multiples of 4"),
            Arguments.of(join(section(LITTLE_ENDIAN), packet), 0, "a packet of interface 0; the section has described 0"),
            Arguments.of(block(LITTLE_ENDIAN, 0x0a0d0d0a, new byte[16]), 0, "byte-order magic 0x00000000"),
            Arguments.of(join(section(LITTLE_ENDIAN), block(LITTLE_ENDIAN, 1, new byte[4])), 0, "a block of 16 bytes; this kind has at least 20"),
            Arguments.of(join(section(LITTLE_ENDIAN), pcapngInterface(LITTLE_ENDIAN, 1, 0, option(LITTLE_ENDIAN, 9, hex("20")))), 0,
                "if_tsresol 0x20"));
    }

    @ParameterizedTest
    @MethodSource("damagedFiles")
    void damageIsToldInOneLineAfterTheRecordsBeforeIt(byte[] bytes, int good, String message) throws IOException {
        Path file = file(bytes);
        List<Seen> seen = new ArrayList<>();
        assertThatThrownBy(() -> readInto(seen, file)).isInstanceOf(CaptureException.class)
            .hasMessageStartingWith(file + ": ").hasMessageContaining(message).hasMessageNotContaining("\n");
        assertThat(seen).hasSize(good);
    }

    @Test
    void aMissingFileAndAFolderAreToldByName() {
        assertThatThrownBy(() -> CaptureReader.open(folder.resolve("none"))).hasMessageEndingWith("none: no such file");
        assertThatThrownBy(() -> CaptureReader.open(folder)).hasMessageContaining("is a directory");
    }

    @Test
    void anyCutOfARealCaptureGivesItsFirstRecordsAndThenEndsOrSaysSo() throws IOException {
        for (String name : List.of("fmt_pcapng.pcapng", "fmt_LINUX_SLL_any_ff_640x480.pcap")) {
            byte[] whole = Files.readAllBytes(Captures.own(name));
            List<Seen> all = read(Captures.own(name));
            for (int length = 4; length < 6_000; length += 7) {
                List<Seen> seen = new ArrayList<>();
                Path cut = file(slice(whole, 0, length));
                try {
                    readInto(seen, cut);
                } catch (CaptureException e) {
                    assertThat(e).hasMessageContaining("cut");
                }
                assertThat(all.subList(0, seen.size()).equals(seen)).as("first %d bytes of %s", length, name).isTrue();
            }
        }
    }
}
