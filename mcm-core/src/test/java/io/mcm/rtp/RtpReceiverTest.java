package io.mcm.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtpReceiverTest {

    private static final int A = 0x8000_000A;
    private static final int B = 0xB;
    private static final int C = 0xC;
    private static final long TIMEOUT = ReceiverConfig.DEFAULT_SOURCE_TIMEOUT_NANOS;

    private final RecordingSink sink = new RecordingSink();
    private RtpReceiver receiver = new RtpReceiver(ReceiverConfig.defaults(), sink);
    private long now;

    private void arrive(RtpDatagram datagram) {
        arrive(datagram.bytes());
    }

    private void arrive(byte[] bytes) {
        receiver.accept(RtpDatagram.placedAt(9, bytes), 9, bytes.length, now);
    }

    private void arrive(int ssrc, int... sequences) {
        for (int sequence : sequences) {
            arrive(RtpDatagram.of(sequence).ssrc(ssrc));
        }
    }

    private long count(RtpCounter counter) {
        return receiver.counters().get(counter);
    }

    private boolean isTaken(byte[] bytes) {
        return receiver.accept(RtpDatagram.placedAt(9, bytes), 9, bytes.length, now);
    }

    @Test
    void onlyAPacketOfTheSelectedSourceIsTaken() {
        assertThat(receiver.isSelected()).isFalse();
        assertThat(isTaken(RtpDatagram.of(1).ssrc(A).bytes())).isTrue();
        assertThat(receiver.isSelected()).isTrue();
        assertThat(receiver.ssrc()).isEqualTo(A);
        assertThat(isTaken(RtpDatagram.of(1).ssrc(B).bytes())).isFalse();
        assertThat(isTaken(new byte[] {(byte) 0x80, 1, 2})).isFalse();
        assertThat(isTaken(RtpDatagram.of(2).ssrc(A).bytes())).isTrue();
    }

    /** RFC 5761: both on one port. */
    @Test
    void rtcpOnThePortOfRtpIsReadAndNotTaken() {
        arrive(A, 1);
        assertThat(isTaken(RtcpDatagram.report(A, 1L << 32, 0).bytes())).isFalse();
        assertThat(count(RtpCounter.RTCP)).isEqualTo(1);
        assertThat(receiver.rtcpCounters().get(RtcpCounter.RTCP_SENDER_REPORTS)).isEqualTo(1);
    }

    @Test
    void onThePortOfRtcpOnlyAReportOfTheSelectedSourceCounts() {
        arrive(A, 1);
        byte[] ours = RtcpDatagram.report(A, 1L << 32, 0).bytes();
        byte[] others = RtcpDatagram.report(B, 1L << 32, 0).bytes();
        assertThat(receiver.acceptRtcp(RtpDatagram.placedAt(9, others), 9, others.length, now)).isFalse();
        assertThat(receiver.acceptRtcp(RtpDatagram.placedAt(9, ours), 9, ours.length, now)).isTrue();
    }

    @Test
    void whatIsNotRtpIsCountedByItsCauseAndTheStreamLosesNothing() {
        arrive(A, 1);
        arrive(new byte[] {(byte) 0x80, 1, 2});
        arrive(A, 2);
        byte[] versionOne = RtpDatagram.of(3).ssrc(A).bytes();
        versionOne[0] = 0x40;
        arrive(versionOne);
        byte[] overrun = RtpDatagram.of(3).ssrc(A).bytes();
        overrun[0] = (byte) 0x8f;
        arrive(overrun);
        arrive(A, 3);
        assertThat(sink.events).containsExactly("1", "2", "3");
        assertThat(count(RtpCounter.TOO_SHORT)).isEqualTo(1);
        assertThat(count(RtpCounter.WRONG_VERSION)).isEqualTo(1);
        assertThat(count(RtpCounter.OVERRUN)).isEqualTo(1);
        assertThat(count(RtpCounter.PACKETS)).isEqualTo(3);
        assertThat(count(RtpCounter.BYTES)).isEqualTo(48);
    }

    @Tag("RFC3550-6-01") @Tag("RFC3550-A.1-02") @Tag("RFC5761-5.1.1-02")
    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 203, 204, 205, 206, 207})
    void rtcpOnTheRtpPortIsNoMedia_RFC5761(int packetType) {
        byte[] report = RtpDatagram.of(6).ssrc(C).bytes();
        report[1] = (byte) packetType;
        arrive(report);
        arrive(Arrays.copyOf(report, 8));
        arrive(A, 1);
        assertThat(count(RtpCounter.RTCP)).isEqualTo(2);
        assertThat(receiver.ssrc()).isEqualTo(A);
    }

    @Test
    void theFirstSourceWinsAndAnotherIsNeverMixedIn() {
        for (int i = 0; i < 1000; i++) {
            arrive(A, i);
            arrive(B, 5000 + i);
            now += TIMEOUT / 10;
        }
        assertThat(sink.events).hasSize(1000).allMatch(event -> Integer.parseInt(event) < 1000);
        assertThat(count(RtpCounter.FOREIGN_SSRC)).isEqualTo(1000);
        assertThat(count(RtpCounter.SOURCE_CHANGE)).isZero();
    }

    @Test
    void twoCamerasOfOneFrameASecondDoNotTakeTurns() {
        for (int i = 0; i < 100; i++) {
            arrive(A, 2 * i, 2 * i + 1);
            now += 500_000_000;
            arrive(B, 2 * i, 2 * i + 1);
            now += 500_000_000;
        }
        assertThat(count(RtpCounter.SOURCE_CHANGE)).isZero();
        assertThat(count(RtpCounter.FOREIGN_SSRC)).isEqualTo(200);
    }

    @Tag("RFC3550-A.1-06") @Tag("RFC3550-6.3.5-01")
    @Test
    void afterASilenceASecondPacketInSequenceTakesOverAndTheFirstIsNotLost_RFC3550_A1() {
        arrive(A, 1, 2, 4);
        now = TIMEOUT;
        arrive(B, 700);
        assertThat(receiver.ssrc()).isEqualTo(A);
        arrive(B, 701, 702);
        assertThat(sink.events).containsExactly("1", "2", "lost 1", "4", "end", "700", "701", "702");
        assertThat(receiver.ssrc()).isEqualTo(B);
        assertThat(count(RtpCounter.SOURCE_CHANGE)).isEqualTo(1);
        assertThat(count(RtpCounter.FOREIGN_SSRC)).isZero();
    }

    @Test
    void aNanosecondBeforeTheTimeoutNothingTakesOverAndAtTheTimeoutWhatWasHeldGoesOut() {
        arrive(A, 1);
        now = TIMEOUT - 1;
        arrive(B, 700, 701, 702);
        receiver.poll(now);
        assertThat(sink.events).containsExactly("1");
        assertThat(receiver.deadline()).isEqualTo(TIMEOUT);
        receiver.poll(TIMEOUT);
        assertThat(sink.events).containsExactly("1", "end", "700", "701", "702");
        assertThat(count(RtpCounter.FOREIGN_SSRC)).isZero();
    }

    @Test
    void strayPacketsAfterASilenceDoNotTakeOver() {
        arrive(A, 1);
        now = TIMEOUT;
        arrive(B, 700, 900, 100);
        arrive(A, 2);
        receiver.flush();
        assertThat(sink.events).containsExactly("1", "2", "end");
        assertThat(count(RtpCounter.FOREIGN_SSRC)).isEqualTo(3);
    }

    @Test
    void twoSuccessorsThatAlternateDoNotKeepEachOtherOut() {
        arrive(A, 1);
        now = TIMEOUT;
        for (int i = 0; i < 3; i++) {
            arrive(B, 10 + i);
            arrive(C, 20 + i);
        }
        assertThat(sink.events).containsExactly("1", "end", "10", "11", "12");
    }

    @Test
    void aStraySuccessorIsForgottenAfterTheTimeout() {
        arrive(A, 1);
        now = TIMEOUT;
        arrive(B, 10);
        now += TIMEOUT + 1;
        arrive(C, 20, 21);
        assertThat(sink.events).containsExactly("1", "end", "20", "21");
        assertThat(count(RtpCounter.FOREIGN_SSRC)).isEqualTo(1);
    }

    @Test
    void withoutATimeoutSourcesFollowOneAnotherAtOnce() {
        receiver = new RtpReceiver(ReceiverConfig.defaults().withSourceTimeout(0), sink);
        arrive(A, 1);
        arrive(B, 10, 11);
        assertThat(sink.events).containsExactly("1", "end", "10", "11");
    }

    @Test
    void aNamedSourceIsTheOnlyOne() {
        receiver = new RtpReceiver(ReceiverConfig.defaults().withSsrc(0x8000_000AL), sink);
        arrive(B, 1, 2);
        arrive(A, 7);
        now = 100 * TIMEOUT;
        arrive(B, 3, 4);
        assertThat(sink.events).containsExactly("7");
        assertThat(count(RtpCounter.FOREIGN_SSRC)).isEqualTo(4);
    }

    @Tag("RFC3550-5.1-05") @Tag("RFC3550-A.1-02") @Tag("RFC6184-5.1-05")
    @Test
    void aNamedPayloadTypeIsTheOnlyOne() {
        receiver = new RtpReceiver(ReceiverConfig.defaults().withPayloadType(112), sink);
        arrive(RtpDatagram.of(1).ssrc(B).payloadType(96));
        arrive(RtpDatagram.of(2).ssrc(A).payloadType(112));
        assertThat(sink.events).containsExactly("2");
        assertThat(count(RtpCounter.FOREIGN_PAYLOAD_TYPE)).isEqualTo(1);
    }

    @Test
    void afterFlushAnySourceIsTaken() {
        arrive(A, 1);
        receiver.flush();
        assertThat(receiver.isSelected()).isFalse();
        arrive(B, 2);
        assertThat(sink.events).containsExactly("1", "end", "2");
    }

    @Test
    void pollAndDeadlineAreTheWindows() {
        arrive(A, 1, 3);
        assertThat(receiver.deadline()).isEqualTo(ReorderWindow.DEFAULT_NANOS);
        receiver.poll(ReorderWindow.DEFAULT_NANOS);
        assertThat(sink.events).containsExactly("1", "lost 1", "3");
    }

    @Test
    void aConfigurationOutsideTheAllowedIsRefusedWithItsValue() {
        ReceiverConfig config = ReceiverConfig.defaults();
        assertThatThrownBy(() -> config.withSsrc(1L << 32)).hasMessageContaining("SSRC 4294967296; allowed are 0 to");
        assertThatThrownBy(() -> config.withPayloadType(128)).hasMessageContaining("payload type 128; allowed are 0 to 127");
        assertThatThrownBy(() -> config.withPayloadType(72)).hasMessageContaining("payload type 72; 64 to 95 cannot be told");
        assertThatThrownBy(() -> config.withSourceTimeout(-1)).hasMessageContaining("-1 ns");
    }
}
