package io.mcm.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.control.Address;
import io.mcm.control.ConnectionParam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SenderRuleTest {

    private static final Address CAMERA = new Address("192.0.2.7", 6000);

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1", "192.0.2.1:5004, 192.0.2.1:5004", "::1, 0:0:0:0:0:0:0:1", "[::1], 0:0:0:0:0:0:0:1",
        "[::1]:5004, [0:0:0:0:0:0:0:1]:5004", "2001:db8::5004, 2001:db8:0:0:0:0:0:5004"})
    void anAddressIsTakenWithOrWithoutAPort(String text, String filter) {
        SenderRule rule = SenderRule.parse(text);
        assertThat(rule).hasToString(filter);
        assertThat(rule.filter(CAMERA)).as("whatever the session says").hasToString(filter);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "camera.local", "192.0.2.1:0", "192.0.2.1:65536", "192.0.2.1:", "192.0.2.1:x", "[::1", "[::1]:0", ":5004", "ANY",
        "192.0.2.256", "192.0.2.1:-1"})
    void anythingElseIsRefusedWithWhatIsAllowed(String text) {
        assertThatThrownBy(() -> SenderRule.parse(text)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith(text + ", allowed are any, session, ADDRESS");
    }

    /** rtsp_recver_app asks for 127.0.0.1 whatever its camera's address is. */
    @Test
    void byDefaultASessionsRemoteAddressIsNotObeyedForApplicationsOf2409DoNotMeanIt() {
        assertThat(SenderRule.ANY.filter(ConnectionParam.receiveH264(5004).remote())).isNull();
    }

    @Test
    void aSessionMayNameItsSender() {
        assertThat(SenderRule.parse("session").filter(CAMERA)).hasToString("192.0.2.7:6000");
        assertThat(SenderRule.SESSION.filter(new Address("192.0.2.7", 0))).hasToString("192.0.2.7");
        assertThat(SenderRule.SESSION.filter(Address.NONE)).isNull();
        assertThat(SenderRule.SESSION.filter(new Address("0.0.0.0", 5))).isNull();
        assertThat(SenderRule.SESSION.filter(new Address("::", 0))).isNull();
    }

    @Test
    void aSessionThatNamesAHostIsRefused() {
        assertThatThrownBy(() -> SenderRule.SESSION.filter(new Address("camera.local", 1))).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("remote address camera.local, allowed is an IP address or none");
    }
}
