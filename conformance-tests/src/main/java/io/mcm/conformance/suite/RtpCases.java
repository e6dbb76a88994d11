package io.mcm.conformance.suite;

import static io.mcm.conformance.suite.RtpStream.IDR;
import static io.mcm.conformance.suite.RtpStream.SLICE;

import java.util.ArrayList;
import java.util.List;

/** RFC 6184's payload structures through the real path. */
final class RtpCases {

    private static final int SHORT = 200;
    private static final int LONG = 5_000;
    private static final int FRAGMENTS = 4;

    private RtpCases() {}

    static List<ConformanceCase> all() {
        List<ConformanceCase> cases = new ArrayList<>();
        cases.add(ConformanceCase.of(Group.RTP, "single-nal-unit-packets", "ten pictures of one packet each", "ten NAL units, byte for byte",
            "the simplest camera is not understood", scene -> {
                Link link = scene.link();
                List<byte[]> units = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    units.add(link.stream().nextPicture().unit(i == 0 ? IDR : SLICE, SHORT));
                    link.send(link.stream().single(units.getLast(), true));
                }
                link.expect(units);
            }).in(Profile.MCM_24_09).proves("RFC6184-5.6-01"));
        cases.add(ConformanceCase.of(Group.RTP, "fu-a-in-four", "a NAL unit of 5,000 bytes in four fragments", "one NAL unit, byte for byte",
            "every picture larger than a packet is lost", scene -> {
                Link link = scene.link();
                byte[] unit = link.stream().nextPicture().unit(IDR, LONG);
                link.send(link.stream().fuA(unit, FRAGMENTS, true));
                link.expect(unit);
            }).in(Profile.MCM_24_09).proves("RFC6184-5.8-01"));
        cases.add(ConformanceCase.of(Group.RTP, "stap-a-of-parameter-sets-and-slice", "SPS, PPS and a slice in one STAP-A",
            "three NAL units, byte for byte", "cameras that aggregate parameter sets give an undecodable stream", scene -> {
                Link link = scene.link();
                RtpStream stream = link.stream().nextPicture();
                byte[][] units = {stream.unit(0x67, 20), stream.unit(0x68, 6), stream.unit(IDR, SHORT)};
                link.send(stream.stapA(true, units));
                link.expect(units);
            }).proves("RFC6184-5.7.1-01"));
        return cases;
    }
}
