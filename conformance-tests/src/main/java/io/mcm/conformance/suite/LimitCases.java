package io.mcm.conformance.suite;

import static io.mcm.conformance.suite.RtpStream.IDR;

import io.mcm.conformance.suite.ConformanceCase.Body;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Sizes, rates and numbers at their limits. */
final class LimitCases {

    /** What UDP over IPv4 takes: 65,535 less both headers. */
    private static final int LONGEST_DATAGRAM = 65_507;
    /** Sequence, timestamp and length before a unit's bytes, as 24.09 has it. */
    private static final int BUFFER_HEADER = 14;
    private static final int START_CODE = 4;
    /** What a proxy may put between header and unit, by an agreement of its own. */
    private static final int SPARE = 256;
    /** Packets of a huge unit may be lost in the kernel of a busy machine; one whole transmission of so many must come through. */
    private static final int ATTEMPTS = 8;
    /** With RTP and FU headers a datagram of 1,460 bytes, the most that 24.09's transport takes. */
    private static final int FRAGMENT = 1_446;
    private static final int LENGTH = 8_000;
    private static final int TINY_UNITS = 1_500;
    private static final int SESSIONS = 100;
    /** 24.09 looks once a second whether a consumer has mapped its memory, and ends a session within another. */
    private static final Duration HUNDRED_LAST = Duration.ofMinutes(5);

    private LimitCases() {}

    static List<ConformanceCase> all() {
        return List.of(
            limit("one-byte-units", "twenty NAL units that are a header byte and nothing else", "twenty NAL units of one byte",
                "end-of-sequence units are so short", chunks(20, 1)).proves("RFC6184-5.6-03"),
            limit("tiny-units", "1,500 NAL units of three bytes", "all of them, in order",
                "small units are where a count goes wrong",
                chunks(TINY_UNITS, 3)).in(Profile.MCM_24_09),
            limit("longest-datagram", "a NAL unit in a datagram of 65,507 bytes", "it, byte for byte",
                "on loopback and on some LANs cameras use it; a transport that takes no fragmented datagrams cannot (24.09's drops those of more than 1,460 bytes)",
                scene -> {
                    Link link = scene.link();
                    byte[] unit = link.stream().nextPicture().unit(IDR, LONGEST_DATAGRAM - RtpStream.RTP_HEADER);
                    link.send(link.stream().single(unit, true));
                    link.expect(unit);
                }).in(Profile.STRICT),
            limit("largest-unit-that-fits", "a NAL unit almost as large as the buffers that the proxy announces",
                "it, byte for byte",
                "the first picture of a large camera is lost (3,600 packets: eight tries, for a socket's buffer may overflow)", LimitCases::largest).in(Profile.STRICT).proves("MCM-CTL-19"),
            limit("unit-larger-than-a-buffer",
                "a NAL unit larger than the buffers that the proxy announces, and a picture after it",
                "the picture after it, and nothing of the large one", "memory of other units is overwritten",
                    LimitCases::tooLarge)
                .in(Profile.STRICT).proves("MCM-CTL-19").finds(5),
            limit("hundred-sessions", "a hundred sessions at once, a picture to each port", "each session gets its picture",
                "a proxy serves the cameras of a whole site", LimitCases::hundred).in(Profile.STRICT)
                .finds(9).lasting(HUNDRED_LAST));
    }

    private static ConformanceCase limit(String name, String sends, String expects, String why, Body body) {
        return ConformanceCase.of(Group.LIMITS, name, sends, expects, why, body);
    }

    private static Body chunks(int count, int length) {
        return scene -> {
            Link link = scene.link();
            link.exchange(count, _ -> {
                byte[] unit = link.stream().nextPicture().unit(IDR, length);
                link.send(link.stream().single(unit, true));
                return List.of(unit);
            });
        };
    }

    private static void largest(Scene scene) throws Exception {
        Link link = scene.link();
        byte[] unit = link.stream().unit(IDR, link.consumer().bufferLength() - BUFFER_HEADER - START_CODE - SPARE);
        for (int i = 0; i < ATTEMPTS; i++) {
            link.stream().nextPicture();
            link.sendSlowly(link.stream().fuA(unit, parts(unit), true));
            if (link.come(List.of(unit))) {
                return;
            }
        }
        throw new CaseFailure("a NAL unit of " + unit.length + " bytes", "nothing, " + ATTEMPTS + " times");
    }

    private static int parts(byte[] unit) {
        return Math.ceilDiv(unit.length - 1, FRAGMENT);
    }

    private static void tooLarge(Scene scene) throws Exception {
        Link link = scene.link();
        byte[] unit = link.stream().nextPicture().unit(IDR, link.consumer().bufferLength() + 1);
        link.sendSlowly(link.stream().fuA(unit, parts(unit), true));
        byte[] after = link.stream().nextPicture().unit(IDR, LENGTH);
        link.send(link.stream().fuA(after, 8, true));
        link.expect(after);
    }

    private static void hundred(Scene scene) throws Exception {
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            links.add(scene.link());
        }
        for (Link link : links) {
            byte[] unit = link.stream().nextPicture().unit(IDR, LENGTH);
            link.send(link.stream().fuA(unit, 8, true));
            link.expect(unit);
        }
    }
}
