package io.mcm.rtp;

import io.mcm.FuzzSeeds;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RtcpSeedsTest {

    private static final int CAMERA = 0xCA;
    private static final int[] BLOCK = {CAMERA, 0x3300_0001, 5, 90, 0x5678_9abc, 65_536};
    private static final int EXTENDED_REPORT = 207;

    @Test
    void theSeedsAreCompoundsAsCamerasSendThem() throws IOException {
        FuzzSeeds.check(RtcpFuzzTest.class, "datagram", Map.of(
            "report", RtcpDatagram.report(CAMERA, 0x1234_5678_9abc_def0L, 1).bytes(),
            "receiver report", RtcpDatagram.empty().receiverReport(1, BLOCK).description(1, "viewer").bytes(),
            "goodbye", RtcpDatagram.empty().receiverReport(CAMERA).goodbye(CAMERA).bytes(),
            "extended report", RtcpDatagram.empty().packet(0, EXTENDED_REPORT, new byte[8]).bytes()));
    }

    /** Profile, then elements. */
    @Test
    void theSeedsAreExtensionsOfBothForms() throws IOException {
        FuzzSeeds.check(RtcpFuzzTest.class, "headerExtension", Map.of(
            "one byte", HexFormat.of().parseHex("bede" + "10aa0000" + "22bbccdd"),
            "two bytes", HexFormat.of().parseHex("1000" + "0102aabb" + "00000200"),
            "another profile", HexFormat.of().parseHex("abac" + "00000001" + "00000002" + "00000003")));
    }
}
