package io.mcm.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SsrcTest {

    @ParameterizedTest
    @CsvSource({"0, 0x00000000", "4294967295, 0xffffffff", "0xBADCAFE, 0x0badcafe", "0Xff, 0x000000ff", "17, 0x00000011"})
    void isReadInDecimalAndHexadecimalAndWrittenInHexadecimal(String text, String written) {
        assertThat(Ssrc.text(Ssrc.parse(text))).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "4294967296", "0x", "0x100000000", "cafe", "1.5"})
    void isRefusedWithWhatIsAllowed(String text) {
        assertThatThrownBy(() -> Ssrc.parse(text)).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("SSRC '" + text + "'; allowed are 0 to 4294967295 or 0x0 to 0xffffffff");
    }
}
