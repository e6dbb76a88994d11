package io.mcm.camera.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LossesTest {

    @Test
    void everyPlaceThatLostSomethingIsNamedWithItsSentence() {
        assertThat(Losses.text(Map.of("mcm_delivery_ring_full_total", 3L, "mcm_rtp_lost_total", 0L, "mcm_rtp_packets_total", 9L)))
            .isEqualTo("  ring_full 3: Units dropped whole because the consumer had not given enough buffers back\n");
    }

    @Test
    void nothingIsSaidWhereNothingWasLost() {
        assertThat(Losses.text(Map.of())).isEmpty();
        assertThat(Losses.text(Map.of("mcm_rtp_packets_total", 9L))).isEmpty();
    }
}
