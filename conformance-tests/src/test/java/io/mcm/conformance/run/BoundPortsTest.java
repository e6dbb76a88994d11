package io.mcm.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.conformance.suite.BoundPorts;
import io.mcm.conformance.target.FreePort;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundPortsTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "0.0.0.0", "::"})
    void areThoseOfSocketsOfEitherFamilyAndOfNoOther(String address) throws IOException {
        int port = FreePort.next();
        InetAddress bound = InetAddress.ofLiteral(address);
        assertThat(BoundPorts.hasUdp(port) || BoundPorts.hasTcp(port)).isFalse();
        try (DatagramSocket _ = new DatagramSocket(port, bound)) {
            assertThat(BoundPorts.hasUdp(port)).isTrue();
            assertThat(BoundPorts.hasTcp(port)).isFalse();
        }
        try (ServerSocket _ = new ServerSocket(port, 1, bound)) {
            assertThat(BoundPorts.hasTcp(port)).isTrue();
        }
    }
}
