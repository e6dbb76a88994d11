package io.mcm.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mcm.control.DeliveryUnit;
import java.net.InetAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionConfigTest {

    private static SessionConfig of(int bufferLength, int log2RingSize) {
        return of("/run/mcm", bufferLength, log2RingSize);
    }

    private static SessionConfig of(String directory, int bufferLength, int log2RingSize) {
        return new SessionConfig(
            InetAddress.getLoopbackAddress(), Path.of(directory), DeliveryUnit.NALU, bufferLength, log2RingSize);
    }

    @Test
    void theDefaultsAreThoseOfUpstreamButForARingThatTheCSdkSurvives() {
        assertThat(SessionConfig.DEFAULT_BUFFER_LENGTH).isEqualTo(5_184_000);
        assertThat(1 << SessionConfig.DEFAULT_LOG2_RING_SIZE).isEqualTo(64);
        of(SessionConfig.DEFAULT_BUFFER_LENGTH, SessionConfig.DEFAULT_LOG2_RING_SIZE);
    }

    @ParameterizedTest
    @CsvSource({"128, 1", "128, 14", "5184000, 8", "1073741823, 1"})
    void takesWhatMemifCanName(int bufferLength, int log2RingSize) {
        assertThat(of(bufferLength, log2RingSize).delivery().bufferLength()).isEqualTo(bufferLength);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        127     | 6  | buffer of 127 bytes, at least 128
        -1      | 6  | buffer of -1 bytes, at least 128
        128     | 0  | log2 of the ring size 0, allowed are 1 to 14
        128     | 15 | log2 of the ring size 15, allowed are 1 to 14
        2147483647 | 1 | 2 rings of 2^1 buffers of 2147483647 bytes need 8589934588, memif can name at most 4294967295 (32-bit offsets)
        5184000 | 9  | 2 rings of 2^9 buffers of 5184000 bytes need 5308416000, memif can name at most 4294967295 (32-bit offsets)
        """)
    void refusesWithTheValueAndWhatIsAllowed(int bufferLength, int log2RingSize, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> of(bufferLength, log2RingSize)).withMessage(message);
    }

    @Test
    void aRunDirectoryMustLeaveRoomForTheSocketsName() {
        of("/" + "d".repeat(78), 128, 6);
        assertThatIllegalArgumentException().isThrownBy(() -> of("/" + "d".repeat(79), 128, 6))
            .withMessageContaining("1 bytes too long").withMessageContaining("at most 107");
    }
}
