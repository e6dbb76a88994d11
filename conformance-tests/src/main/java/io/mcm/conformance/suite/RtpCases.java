package io.mcm.conformance.suite;

import static io.mcm.conformance.suite.RtpStream.IDR;
import static io.mcm.conformance.suite.RtpStream.SLICE;

import io.mcm.conformance.suite.ConformanceCase.Body;
import io.mcm.control.DeliveryUnit;
import java.util.ArrayList;
import java.util.List;

/** RFC 6184's payload structures of the single NAL unit and non-interleaved modes, through the real path. */
final class RtpCases {

    private static final int SHORT = 200;
    private static final int LONG = 5_000;
    private static final int RESERVED_BIT = 0x20;
    /** More than a camera makes of a picture below 64 KiB. */
    private static final int MOST_PARTS = 24;
    /** Of single NAL units. */
    private static final int TYPES = 23;
    private static final int SPS = 0x67;
    private static final int PPS = 0x68;

    private RtpCases() {}

    static List<ConformanceCase> all() {
        List<ConformanceCase> cases = new ArrayList<>(single());
        cases.addAll(fragments());
        cases.addAll(aggregates());
        cases.addAll(markers());
        return cases;
    }

    private static ConformanceCase rtp(String name, String sends, String expects, String why, Body body) {
        return ConformanceCase.of(Group.RTP, name, sends, expects, why, body);
    }

    private static List<ConformanceCase> single() {
        return List.of(
            rtp("single-nal-unit-packets", "ten pictures of one packet each", "ten NAL units, byte for byte",
                "the simplest camera is not understood", RtpCases::tenPictures)
                .in(Profile.MCM_24_09).proves("RFC6184-5.6-03", "RFC6184-6.2-02", "RFC6184-7.1-02").finds(1),
            rtp("every-nal-unit-type", "a NAL unit of each type from 1 to 23, with each NRI", "each as it was sent",
                "SEI messages, parameter sets or data partitions are lost", scene -> {
                    Link link = scene.link();
                    link.exchange(TYPES, i -> {
                        byte[] unit = link.stream().nextPicture().unit(header(i + 1), SHORT);
                        link.send(link.stream().single(unit, true));
                        return List.of(unit);
                    });
                }).proves("RFC6184-5.2-01", "RFC6184-5.2-02", "RFC6184-5.3-03"),
            rtp("forbidden-bit", "a NAL unit whose forbidden_zero_bit is set", "it, as it was sent, or nothing",
                "a unit that its sender marked as damaged is taken for another", scene -> {
                    Link link = scene.link();
                    byte[] unit = link.stream().nextPicture().unit(IDR | 0x80, SHORT);
                    link.send(link.stream().single(unit, true));
                    link.expectOneOf(List.of(unit), List.of());
                }).proves("RFC6184-5.3-02", "RFC6184-5.3-03"),
            rtp("emulation-prevention-bytes", "a NAL unit with 00 00 03 in it", "the bytes as they were sent",
                "a proxy that removes or adds emulation prevention bytes makes every picture undecodable", scene -> {
                    Link link = scene.link();
                    byte[] unit = link.stream().nextPicture().unit(IDR, SHORT);
                    for (int at : new int[] {20, 23, 26, 100}) {
                        unit[at] = 0;
                        unit[at + 1] = 0;
                        unit[at + 2] = 3;
                    }
                    link.send(link.stream().fuA(unit, 7, true));
                    link.expect(unit);
                }).in(Profile.MCM_24_09).proves("RFC6184-7.1-04"));
    }

    /** Each type with some nal_ref_idc. */
    private static int header(int type) {
        return type | (type & 3) << 5;
    }

    private static void tenPictures(Scene scene) throws Exception {
        Link link = scene.link();
        link.exchange(10, i -> {
            byte[] unit = link.stream().nextPicture().unit(i == 0 ? IDR : SLICE, SHORT);
            link.send(link.stream().single(unit, true));
            return List.of(unit);
        });
    }

    private static List<ConformanceCase> fragments() {
        return List.of(
            rtp("fu-a-in-four", "a NAL unit of 5,000 bytes in four fragments", "one NAL unit, byte for byte",
                "every picture larger than a packet is lost", fragmented(LONG, 4))
                .in(Profile.MCM_24_09).proves("RFC6184-5.8-07", "RFC6184-5.8-20", "RFC6184-7.1-04"),
            rtp("fu-a-in-two-and-more", "pictures in two fragments, three, and so on to 24", "each picture, byte for byte",
                "the fragments between the first and the last are mishandled", scene -> {
                    Link link = scene.link();
                    link.exchange(MOST_PARTS - 1, i -> {
                        byte[] unit = link.stream().nextPicture().unit(IDR, 100 * (i + 2) + 1);
                        link.sendSlowly(link.stream().fuA(unit, i + 2, true));
                        return List.of(unit);
                    });
                }).in(Profile.MCM_24_09).proves("RFC6184-5.8-03", "RFC6184-5.8-14", "RFC6184-5.8-15"),
            rtp("fu-a-of-one-byte-each", "a NAL unit in fragments of one byte", "one NAL unit, byte for byte",
                "an offset that is off by one shows in the smallest fragments", fragmented(61, 60)).proves("RFC6184-5.8-21"),
            rtp("fu-a-with-empty-fragments", "a NAL unit of three bytes in six fragments, some of them empty", "one NAL unit",
                "fragments without payload are allowed", fragmented(4, 6)).proves("RFC6184-5.8-21"),
            rtp("fu-a-of-every-type", "a fragmented NAL unit of each type from 1 to 23, with each NRI",
                "each with its own header byte",
                "the header byte is not sent and must be put together of two", scene -> {
                    Link link = scene.link();
                    link.exchange(TYPES, i -> {
                        byte[] unit = link.stream().nextPicture().unit(header(i + 1), SHORT);
                        link.send(link.stream().fuA(unit, 3, true));
                        return List.of(unit);
                    });
                }).proves("RFC6184-5.8-18", "RFC6184-5.8-20", "RFC6184-5.3-03"),
            rtp("fu-a-reserved-bit", "fragments whose reserved bit is set", "one NAL unit, without that bit in its header",
                "the bit is to be ignored; it would become a part of the type", scene -> {
                    Link link = scene.link();
                    byte[] unit = link.stream().nextPicture().unit(IDR, SHORT);
                    for (byte[] packet : link.stream().fuA(unit, 3, true)) {
                        packet[RtpStream.RTP_HEADER + 1] |= RESERVED_BIT;
                        link.send(packet);
                    }
                    link.expect(unit);
                }).proves("RFC6184-5.8-17"),
            rtp("fu-a-larger-than-64-kib", "a NAL unit of 200,000 bytes in 150 fragments", "one NAL unit, byte for byte",
                "IDR pictures of high resolution are larger than 64 KiB (150 packets, which the receiving socket must hold)", scene -> {
                    Link link = scene.link();
                    byte[] unit = link.stream().nextPicture().unit(IDR, 200_000);
                    link.sendSlowly(link.stream().fuA(unit, 150, true));
                    link.expect(unit);
                }).in(Profile.MCM_24_09).proves("RFC6184-5.2-04"));
    }

    private static Body fragmented(int length, int parts) {
        return scene -> {
            Link link = scene.link();
            byte[] unit = link.stream().nextPicture().unit(IDR, length);
            link.send(link.stream().fuA(unit, parts, true));
            link.expect(unit);
        };
    }

    private static List<ConformanceCase> aggregates() {
        return List.of(
            rtp("stap-a-of-parameter-sets-and-slice", "SPS, PPS and a slice in one STAP-A", "three NAL units, byte for byte",
                "cameras that aggregate parameter sets give an undecodable stream", aggregated(20, 6, SHORT))
                .proves("RFC6184-5.7.1-02", "RFC6184-5.7.1-05", "RFC6184-7.1-03"),
            rtp("stap-a-of-one", "an STAP-A of a single NAL unit", "that NAL unit", "aggregates of one unit are allowed",
                aggregated(SHORT))
                .proves("RFC6184-5.7-10"),
            rtp("stap-a-of-many", "an STAP-A of forty NAL units of 1 to 40 bytes", "forty NAL units in their order",
                "units of odd sizes are not aligned", aggregated(upTo(40))).proves("RFC6184-5.7-10", "RFC6184-5.7.1-07",
                    "RFC6184-7.1-03"),
            rtp("stap-a-single-and-fu-a-in-one-picture", "a picture of an STAP-A, a single NAL unit packet and a fragmented one",
                "all of its NAL units in their order", "what most cameras send at an IDR picture", RtpCases::mixed)
                .proves("RFC6184-6.3-02", "RFC6184-7.1-03", "RFC6184-7.1-04"));
    }

    private static int[] upTo(int most) {
        return java.util.stream.IntStream.rangeClosed(1, most).toArray();
    }

    private static Body aggregated(int... lengths) {
        return scene -> {
            Link link = scene.link();
            if (scene.facts().unit() == DeliveryUnit.NALU && lengths.length >= link.consumer().ringSize()) {
                throw new CouldNotTest("its ring takes " + link.consumer().ringSize() + " NAL units, and the packet has " + lengths.length);
            }
            RtpStream stream = link.stream().nextPicture();
            byte[][] units = new byte[lengths.length][];
            for (int i = 0; i < lengths.length; i++) {
                units[i] = stream.unit(i == lengths.length - 1 ? IDR : i == 0 ? SPS : PPS, lengths[i]);
            }
            link.send(stream.stapA(true, units));
            link.expect(units);
        };
    }

    private static void mixed(Scene scene) throws Exception {
        Link link = scene.link();
        RtpStream stream = link.stream().nextPicture();
        byte[] sps = stream.unit(SPS, 20);
        byte[] pps = stream.unit(PPS, 6);
        byte[] sei = stream.unit(6, 30);
        byte[] slice = stream.unit(IDR, LONG);
        link.send(stream.stapA(false, sps, pps), stream.single(sei, false));
        link.send(stream.fuA(slice, 4, true));
        link.expect(sps, pps, sei, slice);
    }

    private static List<ConformanceCase> markers() {
        return List.of(
            rtp("no-marker-at-all", "ten pictures of which no packet has the marker", "all of their NAL units",
                "some cameras send none; a picture also ends where the timestamp changes", pictures(_ -> false))
                .proves("RFC6184-5.1-04"),
            rtp("marker-on-every-packet", "pictures of fragments that all have the marker", "whole NAL units",
                "some cameras set it everywhere, and a unit is no shorter for it", scene -> {
                    Link link = scene.link();
                    List<byte[]> units = new ArrayList<>();
                    for (int i = 0; i < 4; i++) {
                        units.add(link.stream().nextPicture().unit(IDR, LONG));
                        for (byte[] packet : link.stream().fuA(units.getLast(), 4, true)) {
                            packet[1] |= (byte) 0x80;
                            link.send(packet);
                        }
                    }
                    link.expect(units);
                }).proves("RFC6184-5.1-04"),
            rtp("marker-on-every-other-picture", "ten pictures, every other with its marker", "all of their NAL units",
                "a marker that is missing must not cost a picture", pictures(i -> i % 2 == 0)).proves("RFC6184-5.1-04"));
    }

    private static Body pictures(java.util.function.IntPredicate marker) {
        return scene -> {
            Link link = scene.link();
            link.exchange(10, i -> {
                byte[] unit = link.stream().nextPicture().unit(IDR, LONG);
                link.send(link.stream().fuA(unit, 4, marker.test(i)));
                return List.of(unit);
            });
        };
    }
}
