package io.mcm.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HeaderExtensionsTest {

    private static final int ONE = 0xBEDE;
    private static final int TWO = 0x1000;

    private final HeaderExtensions extensions = new HeaderExtensions();

    static Stream<Arguments> cases() {
        return Stream.of(
            Arguments.of("4.2: elements of 1 and 3 bytes", ONE, "10aa" + "22010203" + "0000", "1:aa 2:010203"),
            Arguments.of("4.2: an element of 16 bytes", ONE, "ef" + "00112233445566778899aabbccddeeff" + "000000",
                "14:00112233445566778899aabbccddeeff"),
            Arguments.of("4.1.2: padding between elements and before the first", ONE, "00" + "10aa" + "0000" + "20bb" + "00", "1:aa 2:bb"),
            Arguments.of("4.2: identifier 15 ends the walk, whatever its length", ONE, "10aa" + "f0" + "20bb" + "000000", "1:aa"),
            Arguments.of("4.1.2: identifier 0 with a length ends the walk", ONE, "10aa" + "01" + "20bb" + "000000", "1:aa"),
            Arguments.of("4.2: an element past the end is none", ONE, "10aa" + "2301", "1:aa !"),
            Arguments.of("4.2: a header in the last byte is none", ONE, "10aa" + "00" + "20", "1:aa !"),
            Arguments.of("4.3: an element without data, one with two bytes", TWO, "0100" + "02020304" + "0000", "1: 2:0304"),
            Arguments.of("4.3: identifiers 15 and 255 are like any other", TWO, "0f01aa" + "ff01bb" + "0000", "15:aa 255:bb"),
            Arguments.of("4.3: padding is one byte", TWO, "00" + "0101aa" + "00" + "0201bb", "1:aa 2:bb"),
            Arguments.of("4.3: the application's bits are free", TWO | 0x0f, "0101aa00", "1:aa"),
            Arguments.of("4.3: an element past the end is none", TWO, "0101aa" + "0202bb0000".substring(0, 2), "1:aa !"),
            Arguments.of("4.3: data past the end is none", TWO, "0105aabb", "!"),
            Arguments.of("nothing but padding", ONE, "00000000", ""),
            Arguments.of("no words", ONE, "", ""),
            Arguments.of("another profile", 0xABAC, "10aa0000", "none"));
    }

    @Tag("RFC8285-4.1.2-01") @Tag("RFC8285-4.1.2-02") @Tag("RFC8285-4.1.2-03") @Tag("RFC8285-4.1.2-05")
    @Tag("RFC8285-4.1.2-06") @Tag("RFC8285-4.1.2-07") @Tag("RFC8285-4.1.2-08") @Tag("RFC8285-4.1.2-09")
    @Tag("RFC8285-4.1.2-11") @Tag("RFC8285-4.2-01") @Tag("RFC8285-4.2-02") @Tag("RFC8285-4.2-03") @Tag("RFC8285-4.2-05")
    @Tag("RFC8285-4.2-06") @Tag("RFC8285-4.2-07") @Tag("RFC8285-4.3-01") @Tag("RFC8285-4.3-02") @Tag("RFC8285-4.3-04")
    @Tag("RFC8285-4.3-05") @Tag("RFC8285-4.3-06")
    @ParameterizedTest(name = "RFC 8285 {0}")
    @MethodSource("cases")
    void walks(String name, int profile, String hex, String expected) {
        RtpPacket packet = RtpDatagram.of(1).csrcs(5, 6).extension(profile, HexFormat.of().parseHex(hex)).view();
        assertThat(walk(packet)).isEqualTo(expected);
    }

    @Tag("RFC3550-5.3.1-03")
    @org.junit.jupiter.api.Test
    void aPacketWithoutExtensionHasNone() {
        assertThat(walk(RtpDatagram.of(1).view())).isEqualTo("none");
    }

    private String walk(RtpPacket packet) {
        if (!extensions.wrap(packet)) {
            assertThat(extensions.next()).isFalse();
            return "none";
        }
        List<String> found = new ArrayList<>();
        while (extensions.next()) {
            byte[] data = new byte[extensions.length()];
            for (int i = 0; i < data.length; i++) {
                data[i] = packet.segment().get(java.lang.foreign.ValueLayout.JAVA_BYTE, extensions.start() + i);
            }
            found.add(extensions.id() + ":" + HexFormat.of().formatHex(data));
        }
        if (extensions.isOverrun()) {
            found.add("!");
        }
        assertThat(extensions.next()).as("stays at the end").isFalse();
        return String.join(" ", found);
    }

    @Property
    void whateverItHoldsEveryElementLiesInsideTheExtension(@ForAll @Size(max = 80) byte[] soup, @ForAll boolean oneByte) {
        byte[] words = java.util.Arrays.copyOf(soup, soup.length / 4 * 4);
        RtpPacket packet = RtpDatagram.of(1).extension(oneByte ? ONE : TWO, words).view();
        assertThat(extensions.wrap(packet)).isTrue();
        long before = packet.extensionStart();
        while (extensions.next()) {
            assertThat(extensions.id()).isBetween(1, oneByte ? 14 : 255);
            assertThat(extensions.start()).isGreaterThan(before);
            assertThat(extensions.start() + extensions.length()).isLessThanOrEqualTo(packet.extensionStart() + words.length);
            before = extensions.start() + extensions.length();
        }
    }
}
