package io.mcm.capture;

import static io.mcm.capture.Bytes.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.metric.Counters;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DatagramReaderTest {

    private static final byte[] V4 = ipv4(udp(PAYLOAD));
    private static final byte[] V6 = ipv6(17, udp(PAYLOAD));
    private static final String V4_FLOW = "10.0.0.1:4000 -> 10.0.0.2:5004";
    private static final String V6_FLOW = "[2001:db8::1]:4000 -> [2001:db8::2]:5004";

    @TempDir
    private Path folder;

    private record Seen(String flow, String hex, boolean truncated, long nanos) {}

    private Counters<CaptureCounter> counters;

    private List<Seen> read(byte[] file) throws IOException {
        Path path = Files.write(folder.resolve("capture"), file);
        List<Seen> all = new ArrayList<>();
        try (DatagramReader reader = DatagramReader.open(path)) {
            while (reader.next()) {
                Datagram datagram = reader.datagram();
                assertThat(datagram.isOf(datagram.flow())).isTrue();
                byte[] bytes = datagram.segment().asSlice(datagram.offset(), datagram.length()).toArray(ValueLayout.JAVA_BYTE);
                all.add(new Seen(datagram.flow().toString(), HexFormat.of().formatHex(bytes), datagram.truncated(),
                    datagram.arrivalNanos()));
            }
            counters = reader.counters();
        }
        return all;
    }

    private static Seen whole(String flow, int second) {
        return new Seen(flow, HexFormat.of().formatHex(PAYLOAD), false, second * 1_000_000_000L);
    }

    static Stream<Arguments> links() {
        return Stream.of(
            Arguments.of("Ethernet", LinkType.ETHERNET, ethernet("0800", V4), V4_FLOW),
            Arguments.of("Ethernet padding", LinkType.ETHERNET, join(ethernet("0800", V4), new byte[9]), V4_FLOW),
            Arguments.of("802.1Q", LinkType.ETHERNET, ethernet("8100 0064 86dd", V6), V6_FLOW),
            Arguments.of("QinQ 802.1ad", LinkType.ETHERNET, ethernet("88a8 0064 8100 0065 0800", V4), V4_FLOW),
            Arguments.of("QinQ 0x9100", LinkType.ETHERNET, ethernet("9100 0064 8100 0065 0800", V4), V4_FLOW),
            Arguments.of("SLL", LinkType.LINUX_SLL, join(hex("0000 0304 0006 0000000000000000 0800"), V4), V4_FLOW),
            Arguments.of("SLL with tag", LinkType.LINUX_SLL, join(hex("0000 0304 0006 0000000000000000 8100 0064 0800"), V4), V4_FLOW),
            Arguments.of("SLL2", LinkType.LINUX_SLL2, join(hex("86dd 0000 00000001 0304 00 06 0000000000000000"), V6), V6_FLOW),
            Arguments.of("RAW v4", LinkType.RAW, V4, V4_FLOW),
            Arguments.of("RAW v6", LinkType.RAW, V6, V6_FLOW),
            Arguments.of("RAW 12", LinkType.RAW_BSD, V4, V4_FLOW),
            Arguments.of("IPV4", LinkType.IPV4, V4, V4_FLOW),
            Arguments.of("IPV6", LinkType.IPV6, V6, V6_FLOW),
            Arguments.of("NULL little endian", LinkType.NULL, join(hex("02000000"), V4), V4_FLOW),
            Arguments.of("NULL big endian", LinkType.NULL, join(hex("00000002"), V4), V4_FLOW),
            Arguments.of("NULL Linux v6", LinkType.NULL, join(hex("0a000000"), V6), V6_FLOW),
            Arguments.of("NULL OpenBSD v6", LinkType.NULL, join(hex("18000000"), V6), V6_FLOW),
            Arguments.of("NULL FreeBSD v6", LinkType.NULL, join(hex("0000001c"), V6), V6_FLOW),
            Arguments.of("NULL Darwin v6", LinkType.NULL, join(hex("1e000000"), V6), V6_FLOW),
            Arguments.of("LOOP", LinkType.LOOP, join(hex("00000002"), V4), V4_FLOW));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("links")
    void theDatagramIsFoundBehindEveryLinkHeader(String name, int linkType, byte[] frame, String flow) throws IOException {
        assertThat(read(pcap(linkType, frame))).containsExactly(whole(flow, 0));
        assertThat(counters.get(CaptureCounter.DATAGRAMS)).isEqualTo(1);
    }

    @Test
    void ipv4OptionsAndIpv6ExtensionHeadersAreSteppedOver() throws IOException {
        byte[] options = join(slice(V4, 0, 20), hex("01010100"), slice(V4, 20, V4.length));
        options[0] = 0x46;
        options[3] += 4;
        byte[] hopByHop = hex("3c00 0104 00000000");
        byte[] destination = hex("3301 0104 00000000 0000000000000000");
        byte[] authentication = hex("1104 0000 00000001 00000002 000000000000000000000000");
        byte[] chain = ipv6(0, join(hopByHop, destination, authentication, udp(PAYLOAD)));
        assertThat(read(pcap(LinkType.RAW, options, chain))).containsExactly(whole(V4_FLOW, 0), whole(V6_FLOW, 1));
    }

    static Stream<Arguments> skipped() {
        byte[] udp = udp(PAYLOAD);
        byte[] longUdp = udp.clone();
        longUdp[4] = 2;
        byte[] shortUdp = udp.clone();
        shortUdp[5] = 7;
        byte[] longV4 = V4.clone();
        longV4[2] = 40;
        byte[] tcp = V4.clone();
        tcp[9] = 6;
        byte[] shortHeader = V4.clone();
        shortHeader[0] = 0x44;
        return Stream.of(
            Arguments.of("ARP", CaptureCounter.NOT_IP, 1, ethernet("0806", new byte[28])),
            Arguments.of("unknown family", CaptureCounter.NOT_IP, 0, join(hex("07000000"), V4)),
            Arguments.of("RAW version 5", CaptureCounter.NOT_IP, 101, hex("50")),
            Arguments.of("802.11", CaptureCounter.UNKNOWN_LINK_TYPE, 105, V4),
            Arguments.of("TCP", CaptureCounter.NOT_UDP, 101, tcp),
            Arguments.of("IPv6 without next header", CaptureCounter.NOT_UDP, 101, ipv6(59, udp)),
            Arguments.of("short Ethernet", CaptureCounter.MALFORMED, 1, hex("0102")),
            Arguments.of("tag without end", CaptureCounter.MALFORMED, 1, ethernet("8100", hex("00"))),
            Arguments.of("UDP length past the packet", CaptureCounter.MALFORMED, 101, ipv4(longUdp)),
            Arguments.of("UDP length 7", CaptureCounter.MALFORMED, 101, ipv4(shortUdp)),
            Arguments.of("no UDP header", CaptureCounter.MALFORMED, 101, ipv4(hex("0fa0"))),
            Arguments.of("IPv4 length past the frame", CaptureCounter.MALFORMED, 101, longV4),
            Arguments.of("IPv4 header of 16 bytes", CaptureCounter.MALFORMED, 101, shortHeader),
            Arguments.of("IPv6 length past the frame", CaptureCounter.MALFORMED, 101, slice(V6, 0, 50)),
            Arguments.of("IPv6 extension past the packet", CaptureCounter.MALFORMED, 101, ipv6(0, hex("11ff 0104 00000000"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("skipped")
    void whatIsNoDatagramIsCountedByItsCause(String name, CaptureCounter cause, int linkType, byte[] frame) throws IOException {
        assertThat(read(pcap(linkType, frame))).isEmpty();
        assertThat(counters.get(cause)).isEqualTo(1);
        assertThat(counters.snapshot().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(1);
    }

    @Test
    void aSnapLengthThatCutsThePayloadIsToldAndOneThatCutsAHeaderIsSkipped() throws IOException {
        byte[] file = pcapHeader(ByteOrder.LITTLE_ENDIAN, 0xa1b2c3d4, LinkType.RAW);
        for (int captured = 1; captured <= V4.length; captured++) {
            List<Seen> seen = read(join(file, pcapRecord(ByteOrder.LITTLE_ENDIAN, 0, 0, V4.length, slice(V4, 0, captured))));
            int payload = captured - 28;
            if (payload < 0) {
                assertThat(seen).as(captured + " bytes").isEmpty();
            } else {
                String hex = HexFormat.of().formatHex(PAYLOAD, 0, payload);
                assertThat(seen).containsExactly(new Seen(V4_FLOW, hex, captured < V4.length, 0));
            }
            assertThat(counters.get(CaptureCounter.TRUNCATED)).isEqualTo(captured < V4.length ? 1 : 0);
        }
    }

    private static byte[][] fragments(boolean v6, int... cuts) {
        byte[] udp = udp(PAYLOAD);
        int[] ends = IntStream.concat(IntStream.of(cuts), IntStream.of(udp.length)).toArray();
        return IntStream.range(0, ends.length).mapToObj(i -> {
            int from = i == 0 ? 0 : ends[i - 1];
            boolean more = i < ends.length - 1;
            byte[] piece = slice(udp, from, ends[i]);
            return v6 ? ipv6Fragment(7, from, more, piece) : ipv4Fragment(7, from, more, piece);
        }).toArray(byte[][]::new);
    }

    @Test
    void fragmentsInAnyOrderMakeTheDatagramAtTheTimeOfTheLastToCome() throws IOException {
        for (boolean v6 : new boolean[] {false, true}) {
            byte[][] piece = fragments(v6, 8, 16);
            for (int[] order : new int[][] {{0, 1, 2}, {2, 1, 0}, {1, 2, 0}, {2, 0, 1}}) {
                byte[] file = pcap(LinkType.RAW, piece[order[0]], piece[order[1]], piece[order[2]]);
                assertThat(read(file)).containsExactly(whole(v6 ? V6_FLOW : V4_FLOW, 2));
                assertThat(counters.get(CaptureCounter.FRAGMENTS)).isEqualTo(3);
            }
        }
    }

    @Test
    void anIpv6FragmentThatIsTheWholeDatagramIsNoFragment() throws IOException {
        assertThat(read(pcap(LinkType.RAW, ipv6Fragment(1, 0, false, udp(PAYLOAD))))).containsExactly(whole(V6_FLOW, 0));
    }

    @Test
    void aRepeatedFragmentIsSkippedAndAContradictingOneDropsTheDatagram() throws IOException {
        byte[][] piece = fragments(false, 8, 16);
        assertThat(read(pcap(LinkType.RAW, piece[0], piece[0], piece[1], piece[2]))).hasSize(1);
        assertThat(counters.get(CaptureCounter.DUPLICATE_FRAGMENTS)).isEqualTo(1);

        byte[] other = piece[1].clone();
        other[20]++;
        assertThat(read(pcap(LinkType.RAW, piece[0], piece[1], other, piece[2]))).isEmpty();
        assertThat(counters.get(CaptureCounter.OVERLAPPING_FRAGMENTS)).isEqualTo(1);
    }

    static Stream<Arguments> contradictions() {
        byte[] udp = udp(PAYLOAD);
        byte[] end = ipv4Fragment(7, 16, false, slice(udp, 16, 24));
        return Stream.of(
            Arguments.of("overlap by half", ipv4Fragment(7, 0, true, slice(udp, 0, 16)), ipv4Fragment(7, 8, true, slice(udp, 8, 24))),
            Arguments.of("two ends", end, ipv4Fragment(7, 8, false, slice(udp, 8, 12))),
            Arguments.of("a piece past the end", end, ipv4Fragment(7, 24, true, slice(udp, 0, 8))),
            Arguments.of("an end before a piece", ipv4Fragment(7, 24, true, slice(udp, 8, 16)), ipv4Fragment(7, 8, false, slice(udp, 0, 8))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("contradictions")
    void contradictingFragmentsDropTheDatagram(String name, byte[] first, byte[] second) throws IOException {
        assertThat(read(pcap(LinkType.RAW, first, second))).isEmpty();
        assertThat(counters.get(CaptureCounter.OVERLAPPING_FRAGMENTS)).isEqualTo(1);
        assertThat(counters.get(CaptureCounter.INCOMPLETE_FRAGMENTS)).isZero();
    }

    @Test
    void fragmentsNoDatagramCanHaveAreMalformed() throws IOException {
        byte[] unaligned = ipv4Fragment(7, 0, true, new byte[9]);
        byte[] tooFar = ipv4Fragment(8, 65_528, false, new byte[9]);
        assertThat(read(pcap(LinkType.RAW, unaligned, tooFar))).isEmpty();
        assertThat(counters.get(CaptureCounter.MALFORMED)).isEqualTo(2);
    }

    @Test
    void anIncompleteDatagramIsForgottenAfterThirtySecondsOfCaptureTimeAndCounted() throws IOException {
        byte[][] piece = fragments(false, 8);
        byte[][] late = Stream.concat(Stream.concat(Stream.of(piece[0]), Stream.generate(() -> V4).limit(30)), Stream.of(piece[1]))
            .toArray(byte[][]::new);
        assertThat(read(pcap(LinkType.RAW, late))).as("31 s apart").hasSize(30);
        assertThat(counters.get(CaptureCounter.INCOMPLETE_FRAGMENTS)).isEqualTo(2);

        byte[][] inTime = Stream.concat(Stream.concat(Stream.of(piece[0]), Stream.generate(() -> V4).limit(29)), Stream.of(piece[1]))
            .toArray(byte[][]::new);
        assertThat(read(pcap(LinkType.RAW, inTime))).as("30 s apart").hasSize(30);
        assertThat(counters.get(CaptureCounter.INCOMPLETE_FRAGMENTS)).isZero();
    }

    @Test
    void ofMoreOpenDatagramsThanAllowedTheOldestIsDropped() throws IOException {
        byte[] udp = udp(PAYLOAD);
        byte[] header = pcapHeader(ByteOrder.LITTLE_ENDIAN, 0xa1b2c3d4, LinkType.RAW);
        byte[] file = header;
        for (int id = 0; id <= FragmentStore.MAX_OPEN; id++) {
            file = join(file, record(ipv4Fragment(id, 0, true, slice(udp, 0, 8))));
        }
        byte[] endOfOldest = record(ipv4Fragment(0, 8, false, slice(udp, 8, udp.length)));
        byte[] endOfNewest = record(ipv4Fragment(FragmentStore.MAX_OPEN, 8, false, slice(udp, 8, udp.length)));
        assertThat(read(join(file, endOfNewest))).hasSize(1);
        assertThat(counters.get(CaptureCounter.INCOMPLETE_FRAGMENTS)).isEqualTo(FragmentStore.MAX_OPEN);
        assertThat(read(join(file, endOfOldest))).isEmpty();
    }

    private static byte[] record(byte[] frame) {
        return pcapRecord(ByteOrder.LITTLE_ENDIAN, 0, 0, frame.length, frame);
    }
}
