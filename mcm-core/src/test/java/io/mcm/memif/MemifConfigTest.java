package io.mcm.memif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemifConfigTest {

    private static MemifConfig config(String name, String secret, int s2m, int m2s, int log2, int bufferLength) {
        return new MemifConfig(0, name, secret, s2m, m2s, log2, bufferLength, false, MemifConfig.DEFAULT_APPLICATION);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 1, 0, 1, s2m rings -1, allowed are 0 to 255",
        "256, 1, 0, 1, s2m rings 256, allowed are 0 to 255",
        "1, 256, 0, 1, m2s rings 256, allowed are 0 to 255",
        "0, 0, 0, 1, s2m and m2s rings together 0, allowed are 1 to 510",
        "1, 1, 15, 1, log2 of the ring size 15, allowed are 0 to 14",
        "1, 1, -1, 1, log2 of the ring size -1, allowed are 0 to 14",
        "1, 1, 0, 0, buffer length 0, allowed are 1 to 2147483647"})
    void whatTheProtocolCannotSayIsRefusedWithTheValueAndTheRange(int s2m, int m2s, int log2, int length, String what, String allowed) {
        assertThatThrownBy(() -> config("n", "", s2m, m2s, log2, length)).isInstanceOf(IllegalArgumentException.class)
            .hasMessage(what + ", " + allowed);
    }

    @Test
    void namesAndSecretsHaveRoomForTheirNul() {
        assertThat(config("n".repeat(31), "s".repeat(23), 1, 1, 0, 1)).isNotNull();
        assertThatThrownBy(() -> config("n".repeat(32), "", 1, 1, 0, 1)).hasMessageContaining("name length 32");
        assertThatThrownBy(() -> config("", "s".repeat(24), 1, 1, 0, 1)).hasMessageContaining("secret length 24");
        assertThatThrownBy(() -> config("ä".repeat(16), "", 1, 1, 0, 1)).as("bytes, not letters").hasMessageContaining("32");
    }

    /** libmemif counts these in 32 bits and writes outside its memory: 5,184,000 bytes fit 2^8 buffers a ring, not 2^9. */
    @Test
    void buffersThatDoNotFitARegionAreRefusedInArithmeticThatDoesNotWrap() {
        MemifConfig.of(0, "n", 8, 5_184_000).checkBuffersFit();
        assertThatThrownBy(() -> MemifConfig.of(0, "n", 9, 5_184_000).checkBuffersFit())
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("5308416000").hasMessageContaining("4294967296");
        assertThatThrownBy(() -> config("n", "", 255, 255, 14, Integer.MAX_VALUE).checkBuffersFit())
            .hasMessageContaining("17944029756948480");
    }

    @Test
    void exactlyFourGibibytesFit() {
        MemifConfig.of(0, "n", 10, 2 << 20).checkBuffersFit();
        assertThatThrownBy(() -> MemifConfig.of(0, "n", 10, (2 << 20) + 1).checkBuffersFit()).isInstanceOf(IllegalArgumentException.class);
    }
}
