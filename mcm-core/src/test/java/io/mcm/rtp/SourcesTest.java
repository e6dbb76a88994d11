package io.mcm.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When another source takes over, beside what {@link RtpReceiverTest} says of a silence. */
class SourcesTest {

    private static final int A = 0x8000_000A;
    private static final int B = 0xB;
    private static final int C = 0xC;
    private static final long MILLI = 1_000_000;
    private static final long TIMEOUT = ReceiverConfig.DEFAULT_SOURCE_TIMEOUT_NANOS;

    private final RecordingSink sink = new RecordingSink();
    private final RtpReceiver receiver = new RtpReceiver(ReceiverConfig.defaults(), sink);
    private long now;

    private void arrive(byte[] bytes) {
        receiver.accept(RtpDatagram.placedAt(9, bytes), 9, bytes.length, now);
    }

    private void arrive(int ssrc, int... sequences) {
        for (int sequence : sequences) {
            arrive(RtpDatagram.of(sequence & 0xffff).ssrc(ssrc).bytes());
        }
    }

    private void rtcp(RtcpDatagram datagram) {
        byte[] bytes = datagram.bytes();
        receiver.acceptRtcp(RtpDatagram.placedAt(2, bytes), 2, bytes.length, now);
    }

    /** A packet every 20 ms; the clock ends 20 ms after the last. */
    private void stream(int ssrc, int first, int count) {
        for (int i = 0; i < count; i++) {
            arrive(ssrc, first + i);
            now += 20 * MILLI;
        }
    }

    private long count(RtpCounter counter) {
        return receiver.counters().get(counter);
    }

    private static List<String> numbers(int first, int last) {
        List<String> all = new ArrayList<>();
        for (int i = first; i <= last; i++) {
            all.add(Integer.toString(i));
        }
        return all;
    }

    @Tag("RFC3550-6.6-01")
    @Test
    @DisplayName("RFC 3550 6.6: after the BYE of the selected source another takes over with its first packet")
    void byeLetsAnotherTakeOverAtOnce() {
        arrive(A, 1, 2, 4);
        rtcp(RtcpDatagram.empty().receiverReport(A).goodbye(A));
        arrive(B, 700, 701);
        assertThat(sink.events).containsExactly("1", "2", "lost 1", "4", "end", "700", "701");
        assertThat(count(RtpCounter.SOURCE_LEFT)).isEqualTo(1);
        assertThat(count(RtpCounter.SOURCE_CHANGE)).isEqualTo(1);
    }

    @Tag("RFC5761-4-01") @Tag("RFC5761-5.1.1-02") @Tag("RFC3550-6.6-01")
    @Test
    @DisplayName("RFC 5761: a BYE on the RTP port counts as well")
    void byeOnTheRtpPort() {
        arrive(A, 1);
        arrive(RtcpDatagram.empty().receiverReport(A).goodbye(A).bytes());
        arrive(B, 700);
        assertThat(sink.events).containsExactly("1", "end", "700");
    }

    @Tag("RFC3550-6.2.1-02")
    @Test
    void packetsThatTheByeOvertookAreNotLostAndTheStreamEndsAfterTheWindowsTime() {
        arrive(A, 1);
        rtcp(RtcpDatagram.empty().goodbye(A));
        arrive(A, 3, 2);
        assertThat(receiver.deadline()).isEqualTo(ReorderWindow.DEFAULT_NANOS);
        receiver.poll(ReorderWindow.DEFAULT_NANOS);
        assertThat(sink.events).containsExactly("1", "2", "3", "end");
        assertThat(receiver.isSelected()).isFalse();
        assertThat(receiver.deadline()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aSourceThatGoesOnAfterItsByeIsANewStream() {
        arrive(A, 1);
        rtcp(RtcpDatagram.empty().goodbye(A));
        now = ReorderWindow.DEFAULT_NANOS;
        arrive(A, 2, 3);
        assertThat(sink.events).containsExactly("1", "end", "2", "3");
    }

    @Test
    void theByeOfAnotherSourceEndsNothing() {
        arrive(A, 1);
        rtcp(RtcpDatagram.empty().goodbye(B, C));
        arrive(B, 700, 701);
        arrive(A, 2);
        assertThat(sink.events).containsExactly("1", "2");
        assertThat(count(RtpCounter.SOURCE_LEFT)).isZero();
    }

    @Test
    void whatASuccessorSentBeforeTheByeWasReadIsNotLost() {
        arrive(A, 1);
        arrive(B, 700);
        rtcp(RtcpDatagram.empty().goodbye(A));
        arrive(B, 701);
        assertThat(sink.events).containsExactly("1", "end", "700", "701");
    }

    @Test
    @DisplayName("A new SSRC with every group of pictures that goes on with the sequence: one stream, no delay")
    void ssrcPerGop() {
        int sequence = 65_000;
        for (int gop = 0; gop < 100; gop++) {
            for (int i = 0; i < 30; i++) {
                arrive(1000 + gop, sequence++);
            }
        }
        assertThat(sink.events).hasSize(3000).doesNotContain("end");
        assertThat(count(RtpCounter.SSRC_CONTINUED)).isEqualTo(99);
        assertThat(count(RtpCounter.SOURCE_CHANGE) + count(RtpCounter.FOREIGN_SSRC) + count(RtpCounter.LOST)).isZero();
        assertThat(receiver.ssrc()).isEqualTo(1099);
        assertThat(receiver.statistics().received()).isEqualTo(30);
    }

    @Test
    void aNewSsrcThatOvertookTheLastPacketOfTheOldOneGoesOnToo() {
        arrive(A, 9, 10);
        arrive(B, 12);
        arrive(A, 11);
        arrive(B, 13);
        assertThat(sink.events).containsExactly("9", "10", "11", "12", "13");
        assertThat(count(RtpCounter.SSRC_CONTINUED)).isEqualTo(1);
    }

    /** The jump of a camera's restart just before it: found by {@code TruthPropertiesTest}, the report's statistics wait for one more packet. */
    @Test
    void aNewSsrcGoesOnAfterTheLargestGapThatIsNoLeap() {
        arrive(A, 1, 1 + ReorderWindow.MAX_DROPOUT);
        arrive(B, 2 + ReorderWindow.MAX_DROPOUT);
        assertThat(count(RtpCounter.SSRC_CONTINUED)).isEqualTo(1);
        assertThat(count(RtpCounter.PACKETS)).isEqualTo(3);
    }

    /** The report's statistics take these late packets for a restart. */
    @Test
    void aNewSsrcDoesNotGoOnFromALatePacket() {
        arrive(A, 1000, 999 - ReorderWindow.MAX_MISORDER, 1000 - ReorderWindow.MAX_MISORDER);
        arrive(B, 1001 - ReorderWindow.MAX_MISORDER);
        assertThat(count(RtpCounter.SSRC_CONTINUED)).isZero();
        assertThat(count(RtpCounter.LATE)).isEqualTo(2);
    }

    @Test
    void aNewSsrcOfAnotherPayloadTypeDoesNotGoOn() {
        arrive(A, 1);
        arrive(RtpDatagram.of(2).ssrc(B).payloadType(97).bytes());
        arrive(A, 2);
        assertThat(sink.events).containsExactly("1", "2");
        assertThat(count(RtpCounter.FOREIGN_SSRC)).isEqualTo(1);
    }

    @Test
    void aSecondCameraWhoseSequenceCrossesTheFirstOnesNeverTakesOver() {
        for (int i = 0; i < 1000; i++) {
            arrive(A, i);
            arrive(B, 1001 + i / 2);
        }
        assertThat(sink.events).isEqualTo(numbers(0, 999));
        assertThat(count(RtpCounter.SSRC_CONTINUED)).isZero();
    }

    @Test
    void aRestartedCameraTakesOverAfterThreeOfTheLongestPausesAndNothingIsLost() {
        stream(A, 0, 200);
        long last = now - 20 * MILLI;
        stream(B, 700, 4);
        assertThat(sink.events).hasSize(200);
        assertThat(receiver.deadline()).as("three pauses of 20 ms are less than the least patience").isEqualTo(last + 100 * MILLI);
        receiver.poll(receiver.deadline());
        stream(B, 704, 2);
        assertThat(sink.events.subList(200, 207)).containsExactly("end", "700", "701", "702", "703", "704", "705");
        assertThat(count(RtpCounter.SOURCE_CHANGE)).isEqualTo(1);
        assertThat(count(RtpCounter.FOREIGN_SSRC)).isZero();
    }

    @Test
    void aHeldPacketKeepsItsOwnArrivalTime() {
        stream(A, 0, 200);
        stream(B, 700, 10);
        assertThat(sink.arrivals.subList(200, 203)).containsExactly(4000 * MILLI, 4020 * MILLI, 4040 * MILLI);
    }

    @Test
    void aSlowCameraIsGivenThreeOfItsOwnPauses() {
        for (int i = 0; i < 20; i++) {
            arrive(A, i);
            now += 300 * MILLI;
        }
        long last = now - 300 * MILLI;
        arrive(B, 700, 701);
        assertThat(receiver.deadline()).isEqualTo(last + 900 * MILLI);
    }

    @Test
    void ifTheOldSourceSendsAgainTheHeldPacketsAreForeignAndTheOtherIsARivalFromThenOn() {
        stream(A, 0, 200);
        arrive(B, 700, 701, 702);
        arrive(A, 200);
        assertThat(count(RtpCounter.FOREIGN_SSRC)).isEqualTo(3);
        arrive(B, 703);
        assertThat(count(RtpCounter.FOREIGN_SSRC)).as("dropped at once").isEqualTo(4);
        now += TIMEOUT - 1;
        arrive(B, 704, 705);
        assertThat(sink.events).doesNotContain("end");
        now += 1;
        arrive(B, 706, 707);
        assertThat(sink.events.subList(201, 204)).containsExactly("end", "706", "707");
    }

    @Test
    void twoCamerasThatHaveBeenHeardTogetherDoNotTakeTurnsIfOneStutters() {
        stream(A, 0, 198);
        arrive(A, 198);
        arrive(B, 60_000);
        arrive(A, 199);
        for (int round = 0; round < 50; round++) {
            arrive(A, 200 + round);
            for (int i = 0; i < 100; i++) {
                arrive(B, round * 100 + i);
                receiver.poll(now);
                now += 19 * MILLI;
            }
        }
        assertThat(sink.events).isEqualTo(numbers(0, 249));
        assertThat(count(RtpCounter.FOREIGN_SSRC)).isEqualTo(5001);
    }

    @Test
    void theOldSourceThatComesBackAfterATakeoverIsARival() {
        stream(A, 0, 200);
        stream(B, 700, 200);
        assertThat(count(RtpCounter.SOURCE_CHANGE)).isEqualTo(1);
        now += 500 * MILLI;
        arrive(A, 200, 201);
        stream(B, 900, 10);
        assertThat(count(RtpCounter.SOURCE_CHANGE)).isEqualTo(1);
        assertThat(count(RtpCounter.FOREIGN_SSRC)).isEqualTo(2);
    }

    @Test
    void whatCannotBeHeldIsCounted() {
        arrive(A, 1);
        for (int i = 0; i < PacketStore.MAX_PACKETS + 5; i++) {
            arrive(B, i);
        }
        receiver.poll(TIMEOUT);
        assertThat(count(RtpCounter.FOREIGN_SSRC)).isEqualTo(5);
        assertThat(sink.events).hasSize(1 + 1 + PacketStore.MAX_PACKETS);
    }

    @Test
    void largePacketsFillTheStoreByTheirBytes() {
        arrive(A, 1);
        for (int i = 0; i < 40; i++) {
            arrive(RtpDatagram.of(i).ssrc(B).payload(new byte[65_000]).bytes());
        }
        receiver.poll(TIMEOUT);
        assertThat(sink.events).hasSize(1 + 1 + PacketStore.MAX_BYTES / 65_012);
    }

    @Test
    @DisplayName("RFC 3550 6.4.1: the wall clock is that of the selected source, also from a report before its first packet")
    void theWallClockIsTheSelectedSources() {
        rtcp(RtcpDatagram.report(A, 5L << 32, 0));
        arrive(A, 1);
        assertThat(receiver.senderClock().ntp(90_000)).isEqualTo(6L << 32);
        rtcp(RtcpDatagram.report(B, 50L << 32, 0));
        assertThat(receiver.senderClock().ntp(90_000)).isEqualTo(6L << 32);
        now = TIMEOUT;
        arrive(B, 700, 701);
        assertThat(receiver.senderClock().ntp(90_000)).as("B's").isEqualTo(51L << 32);
        now += TIMEOUT;
        arrive(C, 1, 2);
        assertThat(receiver.senderClock().ntp(90_000)).as("C has not reported").isEqualTo(SenderClock.UNKNOWN);
    }

    @Tag("RFC5761-4-01")
    @ParameterizedTest
    @ValueSource(ints = {64, 72, 76, 95})
    @DisplayName("RFC 5761 4: payload types 64 to 95 are refused, marker or not")
    void payloadTypesOfRtcp(int payloadType) {
        arrive(RtpDatagram.of(1).payloadType(payloadType).bytes());
        arrive(RtpDatagram.of(1).payloadType(payloadType).marker().bytes());
        assertThat(count(RtpCounter.RTCP_PAYLOAD_TYPE)).isEqualTo(1);
        assertThat(count(RtpCounter.RTCP)).isEqualTo(1);
        assertThat(receiver.isSelected()).isFalse();
    }
}
