package io.mcm.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.h264.H264Counter;
import io.mcm.ingest.IngestCounter;
import io.mcm.memif.MemifCounter;
import io.mcm.metric.Counter;
import io.mcm.proxy.delivery.DeliveryCounter;
import io.mcm.rtp.RtcpCounter;
import io.mcm.rtp.RtpCounter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExpositionTest {

    private static final List<Class<? extends Counter>> OF_A_SESSION = List.of(
        IngestCounter.class, RtpCounter.class, RtcpCounter.class, ReportCounter.class, H264Counter.class, DeliveryCounter.class,
        MemifCounter.class);

    static Stream<Counter> counters() {
        return OF_A_SESSION.stream().flatMap(type -> Arrays.stream(type.getEnumConstants()));
    }

    @Test
    void aCountersNameHasItsStageOnce() {
        assertThat(Exposition.name(RtpCounter.BYTES)).isEqualTo("mcm_rtp_bytes");
        assertThat(Exposition.name(RtcpCounter.RTCP_GOODBYES)).isEqualTo("mcm_rtcp_goodbyes");
        assertThat(Exposition.name(ReportCounter.REPORTS_SENT)).isEqualTo("mcm_rtcp_reports_sent");
        assertThat(Exposition.name(IngestCounter.RECEIVE_FAILED)).isEqualTo("mcm_ingest_receive_failed");
        assertThat(Exposition.name(MemifCounter.LEFT)).isEqualTo("mcm_memif_left");
        assertThat(Exposition.name(DeliveryCounter.UNITS)).isEqualTo("mcm_delivery_units");
        assertThat(Exposition.name(H264Counter.FU_LOST)).isEqualTo("mcm_h264_fu_lost");
    }

    @Test
    void noTwoCountersOfASessionShareANameOrALabel() {
        assertThat(counters().map(Exposition::name)).doesNotHaveDuplicates();
        assertThat(counters().map(Counter::label)).doesNotHaveDuplicates();
    }

    /** Endings that the formats keep for themselves. */
    @ParameterizedTest
    @MethodSource("counters")
    void aNameIsOneThatPrometheusTakes(Counter counter) {
        assertThat(Exposition.name(counter)).matches("mcm_[a-z0-9]+(_[a-z0-9]+)+")
            .doesNotMatch(".*_(total|created|info|bucket|count|sum)");
        assertThat(counter.sentence()).isNotBlank().doesNotContain("\n");
    }
}
