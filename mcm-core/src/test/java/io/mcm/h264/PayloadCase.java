package io.mcm.h264;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * One access unit and the RTP payloads that carry it: read forwards by the packetizer's tests, backwards by the depacketizer's,
 * and cut to pieces by the soup's.
 */
record PayloadCase(String name, PacketizerConfig config, List<byte[]> units, List<byte[]> payloads) {

    /** RTP header and ten bytes of payload. */
    private static final PacketizerConfig TEN = PacketizerConfig.defaults(1).withMaxPacketLength(22);

    static Stream<PayloadCase> all() {
        return Stream.of(
            of("a unit that just fits is a packet of its own", TEN,
                "65 010203040506070809", "65010203040506070809"),
            of("a unit of its header alone", TEN,
                "09", "09"),
            of("one byte more makes two fragments", TEN,
                "65 0102030405060708090a", "7c85 0102030405060708", "7c45 090a"),
            of("fragments keep forbidden bit and NRI in the indicator, the type in the FU header", TEN,
                "c1 0102030405060708090a0b0c0d0e0f1011", "dc81 0102030405060708", "dc01 090a0b0c0d0e0f10", "dc41 11"),
            of("the last fragment may be full", TEN,
                "25 0102030405060708090a0b0c0d0e0f10", "3c85 0102030405060708", "3c45 090a0b0c0d0e0f10"),
            of("small units share nothing without aggregation", TEN,
                "67 01 | 68 02", "6701", "6802"),
            of("small units share an STAP-A", TEN.withAggregation(),
                "67 01 | 68 02", "78 0002 6701 0002 6802"),
            of("an STAP-A may be full, and the next unit starts another packet", TEN.withAggregation(),
                "67 01 | 68 0203 | 06 04", "78 0002 6701 0003 680203", "0604"),
            of("an STAP-A has the highest NRI of its units and the forbidden bit of any", TEN.withAggregation(),
                "06 | 45 | 81", "d8 0001 06 0001 45 0001 81"),
            of("a unit alone is no STAP-A", TEN.withAggregation(),
                "67 01", "6701"),
            of("nothing joins a fragment", TEN.withAggregation(),
                "67 01 | 65 0102030405060708090a | 06 05", "6701", "7c85 0102030405060708", "7c45 090a", "0605"),
            of("mode 0 has single units only", TEN.withMode(PacketizationMode.SINGLE_NAL_UNIT),
                "67 01 | 65 010203040506070809", "6701", "65010203040506070809"));
    }

    private static PayloadCase of(String name, PacketizerConfig config, String units, String... payloads) {
        return new PayloadCase(name, config, Arrays.stream(units.split("\\|")).map(PayloadCase::hex).toList(),
            Arrays.stream(payloads).map(PayloadCase::hex).toList());
    }

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    @Override
    public String toString() {
        return name;
    }
}
