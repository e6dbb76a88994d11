package io.mcm.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerFilterTest {

    private static InetSocketAddress address(String ip, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), port);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,   0,    192.0.2.1,   5000, true",
        "192.0.2.1,   5000, 192.0.2.1,   5000, true",
        "192.0.2.1,   5000, 192.0.2.1,   5001, false",
        "192.0.2.1,   0,    192.0.2.2,   5000, false",
        "192.0.2.1,   65535, 192.0.2.1,  65535, true",
        "0.0.0.1,     0,    ::1,         5000, false",
        "::1,         0,    0.0.0.1,     5000, false",
        "2001:db8::1, 0,    2001:db8::1, 5000, true",
        "2001:db8::1, 9,    2001:db8::1, 5000, false",
        "2001:db8::1, 0,    2001:db9::1, 5000, false",
        "2001:db8::1, 0,    2001:db8::2, 5000, false",
        "255.255.255.255, 0, 255.255.255.255, 1, true"})
    void aSenderIsComparedByAddressAndWhereAskedByPort(String wanted, int port, String sender, int from, boolean accepted) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = InternetAddress.allocate(address(sender, from), arena);
            assertThat(new PeerFilter(address(wanted, port)).accepts(name, 0, (int) name.byteSize())).isEqualTo(accepted);
        }
    }

    @Test
    void anIpv4SenderIsKnownBehindAnIpv6Socket() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mapped = InternetAddress.allocate(address("2001:db8::1", 7), arena);
            MemorySegment.copy(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) 192, 0, 2, 1}, 0, mapped,
                java.lang.foreign.ValueLayout.JAVA_BYTE, 8, 16);
            assertThat(new PeerFilter(address("192.0.2.1", 7)).accepts(mapped, 0, 28)).isTrue();
            assertThat(new PeerFilter(address("192.0.2.2", 7)).accepts(mapped, 0, 28)).isFalse();
        }
    }

    @Test
    void aDatagramWithoutASenderIsNotAccepted() {
        assertThat(new PeerFilter(address("0.0.0.0", 0)).accepts(MemorySegment.ofArray(new byte[28]), 0, 0)).isFalse();
    }

    @Test
    void itsTextIsWhatAnOptionTakes() {
        assertThat(new PeerFilter(address("192.0.2.1", 0))).hasToString("192.0.2.1");
        assertThat(new PeerFilter(address("192.0.2.1", 5000))).hasToString("192.0.2.1:5000");
        assertThat(new PeerFilter(address("2001:db8::1", 5000))).hasToString("[2001:db8:0:0:0:0:0:1]:5000");
        assertThat(new PeerFilter(address("192.0.2.1", 5000)).fromAnyPort()).hasToString("192.0.2.1");
    }
}
