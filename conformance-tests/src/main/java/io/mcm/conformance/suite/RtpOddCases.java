package io.mcm.conformance.suite;

import static io.mcm.conformance.suite.RtpStream.FU_A;
import static io.mcm.conformance.suite.RtpStream.IDR;
import static io.mcm.conformance.suite.RtpStream.STAP_A;

import io.mcm.conformance.suite.ConformanceCase.Body;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/** Payloads that RFC 6184 forbids or that a camera gets wrong: nothing of them may be delivered as if it were whole. */
final class RtpOddCases {

    private static final int LENGTH = 300;
    private static final int START = 0x80;
    private static final int END = 0x40;
    private static final int FU_B = 29;

    private RtpOddCases() {}

    static List<ConformanceCase> all() {
        List<ConformanceCase> cases = new ArrayList<>(types());
        cases.addAll(aggregates());
        cases.addAll(fragments());
        return cases;
    }

    /** What is sent between two good pictures: packets, and the NAL units that must come of them. */
    private interface Oddity {
        List<byte[]> play(Link link, RtpStream stream) throws Exception;
    }

    private static ConformanceCase odd(String name, String sends, String expects, String why, Oddity oddity) {
        Body body = scene -> {
            Link link = scene.link();
            List<byte[]> units = new ArrayList<>();
            units.add(picture(link));
            units.addAll(oddity.play(link, link.stream().nextPicture()));
            units.add(picture(link));
            link.expect(units);
        };
        return ConformanceCase.of(Group.RTP, name, sends + ", between two pictures", expects, why, body);
    }

    private static byte[] picture(Link link) throws Exception {
        byte[] unit = link.stream().nextPicture().unit(IDR, LENGTH);
        link.send(link.stream().fuA(unit, 2, true));
        return unit;
    }

    private static List<ConformanceCase> types() {
        return List.of(
            odd("reserved-types", "payloads of types 0, 30 and 31", "the two pictures only", "a decoder gets what is no H.264",
                (link, stream) -> {
                    for (int type : new int[] {0, 30, 31}) {
                        link.send(stream.nextPicture().single(stream.unit(0x60 | type, LENGTH), true));
                    }
                    return List.of();
                }).proves("RFC6184-5.4-02"),
            odd("empty-payload", "a packet without payload", "the two pictures only", "an empty NAL unit stops some decoders",
                (link, stream) -> {
                    link.send(stream.packet(true, new byte[0]));
                    return List.of();
                }).in(Profile.STRICT).finds(6),
            odd("fragments-of-types-that-cannot-be-fragmented", "fragments of types 0, 24 to 29, 30 and 31",
                "the two pictures only",
                "aggregates in fragments are forbidden, and delivered they are garbage", (link, stream) -> {
                    for (int type : new int[] {0, 24, 25, 26, 27, 28, 29, 30, 31}) {
                        link.send(stream.nextPicture().fuA(stream.unit(0x60 | type, LENGTH), 2, true));
                    }
                    return List.of();
                }).proves("RFC6184-5.4-04", "RFC6184-5.8-04", "RFC6184-5.8-05"));
    }

    private static List<ConformanceCase> aggregates() {
        return List.of(
            odd("stap-a-size-past-its-end", "an STAP-A whose third size reaches past the packet",
                "its first two units, none of the third",
                "what lies behind the packet in memory is delivered", (link, stream) -> {
                    byte[] first = stream.unit(6, 20);
                    byte[] second = stream.unit(IDR, 50);
                    byte[] packet = stream.stapA(true, first, second, stream.unit(IDR, 70));
                    link.send(Arrays.copyOf(packet, packet.length - 1));
                    return List.of(first, second);
                }).proves("RFC6184-5.7.1-06"),
            odd("stap-a-cut-in-a-size", "an STAP-A that ends after one byte of a size", "the unit before it",
                "half a number is read as one",
                (link, stream) -> {
                    byte[] first = stream.unit(IDR, 20);
                    byte[] packet = stream.stapA(true, first);
                    link.send(Arrays.copyOf(packet, packet.length + 1));
                    return List.of(first);
                }).proves("RFC6184-5.7.1-06"),
            odd("stap-a-with-nothing-in-it", "an STAP-A of its header byte alone, and one of two units of size 0",
                "the two pictures only",
                "a loop over units of size 0 need not end", (link, stream) -> {
                    link.send(stream.packet(true, new byte[] {0x60 | STAP_A}));
                    link.send(stream.nextPicture().packet(true, new byte[] {0x60 | STAP_A, 0, 0, 0, 0}));
                    return List.of();
                }).in(Profile.STRICT).proves("RFC6184-5.7-10"),
            odd("stap-a-with-reserved-and-nested-types", "an STAP-A with units of types 0, 24 to 31 between two slices",
                "the two slices",
                "the units beside a wrong one are good", (link, stream) -> {
                    byte[] first = stream.unit(IDR, 20);
                    byte[] last = stream.unit(IDR, 30);
                    List<byte[]> units = new ArrayList<>(List.of(first));
                    for (int type : new int[] {0, 24, 25, 26, 27, 28, 29, 30, 31}) {
                        units.add(stream.unit(0x60 | type, 10));
                    }
                    units.add(last);
                    link.send(stream.stapA(true, units.toArray(byte[][]::new)));
                    return List.of(first, last);
                }).proves("RFC6184-5.4-03", "RFC6184-5.7-08", "RFC6184-5.7-09"));
    }

    private static List<ConformanceCase> fragments() {
        return List.of(
            odd("fu-a-without-start", "the second half of a NAL unit alone, its packets in sequence", "the two pictures only",
                "half a picture is delivered as a whole one", (link, stream) -> {
                    byte[] unit = stream.unit(IDR, LENGTH);
                    link.send(stream.fragment(unit[0], 0, Arrays.copyOfRange(unit, 100, 200), false));
                    link.send(stream.fragment(unit[0], END, Arrays.copyOfRange(unit, 200, LENGTH), true));
                    return List.of();
                }).proves("RFC6184-5.8-24"),
            odd("fu-a-without-end", "the first half of a NAL unit alone, its packets in sequence", "the two pictures only",
                "half a picture is delivered as a whole one", (link, stream) -> {
                    byte[] unit = stream.unit(IDR, LENGTH);
                    link.send(stream.fragment(unit[0], START, Arrays.copyOfRange(unit, 1, 100), false));
                    link.send(stream.fragment(unit[0], 0, Arrays.copyOfRange(unit, 100, 200), true));
                    return List.of();
                }).proves("RFC6184-5.8-24"),
            odd("fu-a-interrupted", "fragments of a unit with a single NAL unit packet between them",
                "the single NAL unit, whatever of the other",
                "two units run into one", (link, stream) -> {
                    byte[] unit = stream.unit(IDR, LENGTH);
                    byte[] single = stream.unit(6, 20);
                    link.send(stream.fragment(unit[0], START, Arrays.copyOfRange(unit, 1, 100), false));
                    link.send(stream.single(single, false));
                    link.send(stream.fragment(unit[0], END, Arrays.copyOfRange(unit, 100, LENGTH), true));
                    return List.of(single);
                }).in(Profile.STRICT).proves("RFC6184-5.8-24"),
            odd("fu-a-of-two-pictures", "a start of one picture and an end of the next", "the two pictures only",
                "halves of two pictures are joined where the packets between them were never sent", (link, stream) -> {
                    byte[] unit = stream.unit(IDR, LENGTH);
                    link.send(stream.fragment(unit[0], START, Arrays.copyOfRange(unit, 1, 100), false));
                    link.send(stream.nextPicture().fragment(unit[0], END, Arrays.copyOfRange(unit, 100, LENGTH), true));
                    return List.of();
                }).in(Profile.STRICT).proves("RFC6184-5.8-24"),
            odd("fu-cut-in-its-header", "payloads of the FU indicator alone", "the two pictures only",
                "the FU header is read behind the packet",
                (link, stream) -> {
                    link.send(stream.packet(true, new byte[] {0x60 | FU_A}), stream.packet(true, new byte[] {0x60 | FU_B}));
                    return List.of();
                }).in(Profile.STRICT).finds(6),
            wholeOrNothing("fu-a-with-start-and-end", "a NAL unit in one fragment with start and end bit (Costar cameras)",
                "the pictures run into one another", (stream, unit) -> List.of(
                    stream.fragment(unit[0], START | END, Arrays.copyOfRange(unit, 1, LENGTH), true))).proves("RFC6184-5.8-14"),
            wholeOrNothing("fu-a-whose-type-changes", "a NAL unit in two fragments, the second of which names another type",
                "the unit gets the wrong type", (stream, unit) -> List.of(
                    stream.fragment(unit[0], START, Arrays.copyOfRange(unit, 1, 100), false),
                    stream.fragment(RtpStream.SLICE, END, Arrays.copyOfRange(unit, 100, LENGTH), true)))
                        .proves("RFC6184-5.8-18"));
    }

    /** What a receiver may take for what was meant, or drop. */
    private static ConformanceCase wholeOrNothing(String name, String sends, String why, BiFunction<RtpStream, byte[], List<byte[]>> packets) {
        Body body = scene -> {
            Link link = scene.link();
            byte[] before = picture(link);
            byte[] unit = link.stream().nextPicture().unit(IDR, LENGTH);
            link.send(packets.apply(link.stream(), unit));
            byte[] after = picture(link);
            link.expectOneOf(List.of(before, unit, after), List.of(before, after));
        };
        return ConformanceCase.of(Group.RTP, name, sends + ", between two pictures",
            "the two pictures, and the unit whole or not at all", why, body)
            .in(Profile.STRICT);
    }
}
