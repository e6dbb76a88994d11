package io.mcm.conformance.suite;

import static io.mcm.conformance.suite.RtpStream.IDR;

import io.mcm.conformance.suite.ConformanceCase.Body;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What RFC 3550 puts before and behind a payload, and what is no RTP at all. */
final class RtpHeaderCases {

    private static final int VERSION = 0x80;
    private static final int PADDING = 0x20;
    private static final int EXTENSION = 0x10;
    private static final int MOST_CSRCS = 15;
    private static final int CSRC_LENGTH = 4;
    private static final int LENGTH = 300;
    private static final int MOST_PADDING = 40;
    /** More than a lead-in ever takes: a picture every 20 ms for five seconds. */
    private static final int LEAD_IN_PACKETS = 400;
    private static final int SENDER_REPORT = 200;

    private RtpHeaderCases() {}

    static List<ConformanceCase> all() {
        List<ConformanceCase> cases = new ArrayList<>(fields());
        cases.addAll(numbers());
        cases.addAll(strangers());
        return cases;
    }

    private static ConformanceCase rtp(String name, String sends, String expects, String why, Body body) {
        return ConformanceCase.of(Group.RTP, name, sends, expects, why, body);
    }

    /** Makes a packet of a unit in some special way. */
    private interface Packing {
        byte[] pack(RtpStream stream, byte[] unit, int picture);
    }

    private static Body each(int pictures, Packing packing) {
        return scene -> {
            Link link = scene.link();
            link.exchange(pictures, i -> {
                byte[] unit = link.stream().nextPicture().unit(IDR, LENGTH);
                link.send(packing.pack(link.stream(), unit, i));
                return List.of(unit);
            });
        };
    }

    private static List<ConformanceCase> fields() {
        return List.of(
            rtp("csrcs", "packets with 0 to 15 contributing sources", "the NAL units behind them",
                "a mixer's or recorder's streams become garbage", each(MOST_CSRCS + 1, (stream, unit, count) ->
                    stream.packet(VERSION | count, true, csrcs(count), unit))).proves("RFC3550-5.1-04"),
            rtp("header-extensions", "packets with header extensions of 0 to 9 words", "the NAL units behind them",
                "ONVIF cameras put the time of day into an extension", each(10, (stream, unit, words) ->
                    stream.packet(VERSION | EXTENSION, true, extension(0xabac, words), unit)))
                .proves("RFC3550-5.1-03", "RFC3550-5.3.1-02", "RFC3550-5.3.1-03"),
            rtp("one-byte-header-extension", "packets with an extension of RFC 8285's form", "the NAL units behind it",
                "WebRTC gateways send it in every packet", each(3, (stream, unit, _) ->
                    stream.packet(VERSION | EXTENSION, true, extension(0xbede, 2), unit))).proves("RFC3550-5.3.1-03"),
            rtp("padding", "packets with 1 to 40 bytes of padding", "the NAL units without it",
                "padding that stays becomes part of the picture", each(MOST_PADDING, (stream, unit, i) ->
                    stream.packet(VERSION | PADDING, true, new byte[0], padded(unit, i + 1))))
                .proves("RFC3550-5.1-02", "RFC6184-5.6-03"),
            rtp("csrcs-extension-and-padding", "packets with all of them at once", "the NAL units between them",
                "each offset depends on the others", each(MOST_CSRCS, (stream, unit, count) ->
                    stream.packet(VERSION | PADDING | EXTENSION | count, true, join(csrcs(count), extension(1, count)),
                        padded(unit, 4))))
                .proves("RFC3550-5.1-02", "RFC3550-5.1-03", "RFC3550-5.1-04", "RFC3550-5.3.1-01"));
    }

    private static byte[] csrcs(int count) {
        byte[] list = new byte[CSRC_LENGTH * count];
        Arrays.fill(list, (byte) 0x65);
        return list;
    }

    private static byte[] extension(int profile, int words) {
        byte[] extension = new byte[4 + 4 * words];
        Arrays.fill(extension, (byte) 0x65);
        extension[0] = (byte) (profile >> 8);
        extension[1] = (byte) profile;
        extension[2] = 0;
        extension[3] = (byte) words;
        return extension;
    }

    private static byte[] padded(byte[] unit, int padding) {
        byte[] payload = Arrays.copyOf(unit, unit.length + padding);
        payload[payload.length - 1] = (byte) padding;
        return payload;
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static List<ConformanceCase> numbers() {
        return List.of(
            rtp("sequence-wraps", "pictures of four fragments across sequence number 65,535", "all of them",
                "every camera gets there once in a few minutes", RtpHeaderCases::sequenceWraps)
                .in(Profile.MCM_24_09).proves("RFC3550-5.1-08", "RFC3550-A.1-08"),
            rtp("timestamp-wraps", "pictures across timestamp 2^32", "all of them", "it happens every 13 hours", scene -> {
                Link link = scene.link();
                link.stream().setTimestamp(-5 * 3_000 + 7);
                each(link, 12);
            }).in(Profile.MCM_24_09),
            rtp("payload-types", "streams of payload types 96, 97, 112, 127 and 35, each to a session of its own",
                "their pictures",
                "the number is agreed outside of RTP, and the control protocol names none", scene -> {
                    for (int type : new int[] {96, 97, 112, 127, 35}) {
                        Link link = scene.consumer(scene.freePort());
                        link.use(scene.stream(type));
                        link.begin();
                        each(link, 3);
                    }
                }).proves("RFC6184-5.1-05"),
            rtp("camera-restarts-with-another-ssrc", "pictures, then pictures of another SSRC until one is delivered",
                "pictures of the new source within 5 seconds, then all of them", "a camera that was switched off and on stays dark", scene -> {
                    Link link = scene.link();
                    each(link, 4);
                    link.use(scene.stream());
                    link.recover();
                    each(link, 4);
                }).in(Profile.MCM_24_09));
    }

    private static void each(Link link, int pictures) throws Exception {
        link.exchange(pictures, _ -> {
            byte[] unit = link.stream().nextPicture().unit(IDR, LENGTH);
            link.send(link.stream().fuA(unit, 4, true));
            return List.of(unit);
        });
    }

    private static void sequenceWraps(Scene scene) throws Exception {
        Link link = scene.consumer(scene.freePort());
        link.stream().setSequence(0x10000 - LEAD_IN_PACKETS);
        link.begin();
        do {
            each(link, 5);
        } while (link.stream().sequence() > LEAD_IN_PACKETS);
        each(link, 5);
    }

    private static List<ConformanceCase> strangers() {
        return List.of(
            rtp("short-datagrams", "datagrams of 0 to 11 bytes between two pictures", "the two pictures, and no other unit",
                "anybody who reaches the port can send them", between((stream, i) ->
                    Arrays.copyOf(stream.packet(true, new byte[2]), i), RtpStream.RTP_HEADER)).in(Profile.STRICT)
                        .proves("RFC3550-A.1-01").finds(6),
            rtp("wrong-versions", "packets of RTP versions 0, 1 and 3 between two pictures",
                "the two pictures, and no other unit",
                "what is not RTP does not belong into a picture", between((stream, i) ->
                    stream.packet(new int[] {0, 0x40, 0xc0}[i], true, new byte[0], stream.unit(IDR, LENGTH)), 3))
                .proves("RFC3550-5.1-01", "RFC3550-A.1-01"),
            rtp("rtcp-on-the-rtp-port", "sender reports between two pictures", "the two pictures, and no other unit",
                "cameras that multiplex RTCP send one every few seconds", between((stream, _) -> senderReport(stream), 3))
                .proves("RFC5761-4-01", "RFC3550-A.1-02"),
            rtp("padding-longer-than-the-packet", "a packet whose padding count is 255, with 4 bytes", "the pictures around it",
                "a length below zero is read as a huge one", between((stream, _) ->
                    stream.packet(VERSION | PADDING, false, new byte[0], new byte[] {IDR, -1, -1, -1}), 1)).in(Profile.STRICT)
                .proves("RFC3550-A.1-03"),
            rtp("csrcs-longer-than-the-packet", "a packet that counts 15 CSRCs and has none", "the pictures around it",
                "a length below zero is read as a huge one", between((stream, _) ->
                    stream.packet(VERSION | MOST_CSRCS, false, new byte[0], new byte[8]), 1)).in(Profile.STRICT)
                        .proves("RFC3550-A.1-05"),
            rtp("extension-longer-than-the-packet", "a packet whose extension has 65,535 words", "the pictures around it",
                "what lies behind the packet in memory is delivered", between((stream, _) ->
                    stream.packet(VERSION | EXTENSION, false, new byte[] {1, 2, -1, -1}, new byte[8]), 1)).in(Profile.STRICT)
                .proves("RFC3550-A.1-04"));
    }

    /** A packet that no picture may come of. */
    private interface Stranger {
        byte[] packet(RtpStream stream, int number);
    }

    /** Strangers have the stream's sequence numbers; where they are not taken there is a gap, which must not matter. */
    private static Body between(Stranger stranger, int count) {
        return scene -> {
            Link link = scene.link();
            byte[] before = link.stream().nextPicture().unit(IDR, LENGTH);
            link.send(link.stream().single(before, true));
            for (int i = 0; i < count; i++) {
                int sequence = link.stream().nextPicture().sequence();
                link.send(stranger.packet(link.stream(), i));
                link.stream().setSequence(sequence);
            }
            byte[] after = link.stream().nextPicture().unit(IDR, LENGTH);
            link.send(link.stream().single(after, true));
            link.expect(before, after);
        };
    }

    private static byte[] senderReport(RtpStream stream) {
        byte[] report = stream.packet(VERSION, true, new byte[0], new byte[16]);
        report[1] = (byte) SENDER_REPORT;
        report[2] = 0;
        report[3] = 6;
        return report;
    }
}
