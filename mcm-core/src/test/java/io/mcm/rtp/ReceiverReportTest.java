package io.mcm.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiverReportTest {

    private static final int OWN = 0x8000_0001;
    private static final int CAMERA = 0xCA;

    private final ReceptionStatistics statistics = new ReceptionStatistics();
    private final SenderClock clock = new SenderClock();
    private final ReceiverReport report = new ReceiverReport(OWN, "a1b2c3");

    private byte[] write(long now) {
        MemorySegment segment = RtpDatagram.placedAt(3, new byte[report.maxLength()]);
        int length = report.write(segment, 3, CAMERA, statistics, clock, now);
        return segment.asSlice(3, length).toArray(ValueLayout.JAVA_BYTE);
    }

    @Tag("RFC3550-6.1-02") @Tag("RFC3550-6.1-03") @Tag("RFC3550-6.1-04") @Tag("RFC3550-6.1-06") @Tag("RFC3550-6.1-07")
    @Tag("RFC3550-6.4-01") @Tag("RFC3550-6.4.2-01") @Tag("RFC3550-6.4.2-02") @Tag("RFC3550-6.5-01") @Tag("RFC3550-6.5-02")
    @Tag("RFC3550-6.5-03") @Tag("RFC3550-6.5.1-01")
    @Test
    @DisplayName("RFC 3550 6.1: before any packet the compound is an empty RR and a CNAME")
    void empty() {
        assertThat(write(0)).isEqualTo(RtcpDatagram.empty().receiverReport(OWN).description(OWN, "a1b2c3").bytes());
    }

    @Tag("RFC3550-4-02") @Tag("RFC3550-6.1-02") @Tag("RFC3550-6.1-06") @Tag("RFC3550-6.4-02") @Tag("RFC3550-6.4.1-07")
    @Tag("RFC3550-6.4.1-08") @Tag("RFC3550-6.4.1-09") @Tag("RFC3550-6.4.1-12") @Tag("RFC3550-6.4.1-13")
    @Tag("RFC3550-6.4.2-01")
    @Test
    @DisplayName("RFC 3550 6.4.2: the block says loss, highest sequence, jitter, LSR and DLSR; a second report has its own interval")
    void block() {
        for (int sequence : new int[] {0xFFFE, 0xFFFF, 2, 3}) {
            statistics.received(sequence, 0, 0);
        }
        byte[] sent = RtcpDatagram.report(CAMERA, 0x1_2345_0000L, 9).bytes();
        new RtcpReader(new RtcpListener() {
            @Override
            public void senderReport(SenderReport sr, long nowNanos) {
                clock.update(sr, nowNanos);
            }
        }).accept(RtpDatagram.placedAt(0, sent), 0, sent.length, 0);

        assertThat(write(500_000_000)).isEqualTo(RtcpDatagram.empty()
            .receiverReport(OWN, CAMERA, 2 * 256 / 6 << 24 | 2, 0x1_0003, 0, 0x1_2345, 32_768).description(OWN, "a1b2c3").bytes());
        assertThat(write(1_000_000_000)).isEqualTo(RtcpDatagram.empty()
            .receiverReport(OWN, CAMERA, 2, 0x1_0003, 0, 0x1_2345, 65_536).description(OWN, "a1b2c3").bytes());
    }

    @Property
    @Label("RFC 3550 6.5: the CNAME's chunk ends with a zero byte on a whole word, for every length")
    void description(@ForAll @IntRange(min = 1, max = 255) int length) {
        ReceiverReport any = new ReceiverReport(OWN, "x".repeat(length));
        MemorySegment segment = RtpDatagram.placedAt(0, new byte[any.maxLength()]);
        int written = any.write(segment, 0, CAMERA, statistics, clock, 0);
        assertThat(segment.asSlice(0, written).toArray(ValueLayout.JAVA_BYTE))
            .isEqualTo(RtcpDatagram.empty().receiverReport(OWN).description(OWN, "x".repeat(length)).bytes());
        assertThat(any.maxLength()).as("a block and a BYE fit too").isEqualTo(written + ReportBlock.LENGTH + any.writeGoodbye(segment, 0));
    }

    @Test
    @DisplayName("RFC 3550 6.6: the BYE names its own source")
    void goodbye() {
        MemorySegment segment = RtpDatagram.placedAt(1, new byte[8]);
        assertThat(report.writeGoodbye(segment, 1)).isEqualTo(8);
        assertThat(segment.asSlice(1, 8).toArray(ValueLayout.JAVA_BYTE)).isEqualTo(RtcpDatagram.empty().goodbye(OWN).bytes());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 256})
    void aCnameOfAnImpossibleLengthIsRefused(int length) {
        assertThatThrownBy(() -> new ReceiverReport(OWN, "x".repeat(length)))
            .hasMessage("CNAME of " + length + " bytes; allowed are 1 to 255");
    }
}
