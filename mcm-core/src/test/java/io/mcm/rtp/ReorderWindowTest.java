package io.mcm.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.metric.Counters;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReorderWindowTest {

    private static final int WINDOW = 8;
    private static final long MAX_WAIT = 100;

    private final RecordingSink sink = new RecordingSink();
    private final Counters<RtpCounter> counters = new Counters<>(RtpCounter.class);
    private final ReorderWindow window = new ReorderWindow(WINDOW, MAX_WAIT, counters, sink);
    private long now;

    private void arrive(int... sequences) {
        for (int sequence : sequences) {
            window.accept(RtpDatagram.of(sequence & 0xffff).view(), now);
        }
    }

    private long count(RtpCounter counter) {
        return counters.get(counter);
    }

    @Test
    void packetsInOrderPassAtOnce() {
        arrive(5, 6, 7);
        assertThat(sink.events).containsExactly("5", "6", "7");
        assertThat(window.deadline()).isEqualTo(Long.MAX_VALUE);
    }

    @Tag("RFC6184-5.1-06") @Tag("RFC6184-7.1-01") @Tag("RFC6184-5.8-03")
    @Test
    void anEarlyPacketWaitsForTheGapToFill() {
        arrive(1, 3, 4);
        assertThat(sink.events).containsExactly("1");
        arrive(2);
        assertThat(sink.events).containsExactly("1", "2", "3", "4");
        assertThat(count(RtpCounter.REORDERED)).isEqualTo(1);
        assertThat(count(RtpCounter.LOST)).isZero();
    }

    @Test
    void aHeldPacketKeepsItsOwnArrivalTime() {
        arrive(1);
        now = 10;
        arrive(3);
        now = 30;
        arrive(2);
        assertThat(sink.arrivals).containsExactly(0L, 30L, 10L);
    }

    @Tag("RFC3550-A.1-08") @Tag("RFC6184-7.1-01")
    @Test
    void theSequenceWrapsInOrderAndOutOfOrder() {
        arrive(0xFFFE, 0, 0xFFFF, 2, 1, 3);
        assertThat(sink.events).containsExactly("65534", "65535", "0", "1", "2", "3");
        assertThat(count(RtpCounter.RESTART)).isZero();
    }

    @Test
    void aGapIsGivenUpWhenAPacketBehindItHasWaitedItsTime() {
        arrive(1);
        now = 50;
        arrive(4);
        assertThat(window.deadline()).isEqualTo(50 + MAX_WAIT);
        window.poll(50 + MAX_WAIT - 1);
        assertThat(sink.events).containsExactly("1");
        window.poll(50 + MAX_WAIT);
        assertThat(sink.events).containsExactly("1", "lost 2", "4");
        assertThat(window.deadline()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void noPacketWaitsLongerBecauseAnotherCameBeforeIt() {
        arrive(1, 5);
        now = 60;
        arrive(3);
        assertThat(window.deadline()).isEqualTo(MAX_WAIT);
        window.poll(MAX_WAIT);
        assertThat(sink.events).containsExactly("1", "lost 1", "3", "lost 1", "5");
    }

    @Test
    void theDeadlineMovesToTheNextHeldPacketWhenAGapFills() {
        arrive(1, 3);
        now = 40;
        arrive(6, 2);
        assertThat(sink.events).containsExactly("1", "2", "3");
        assertThat(window.deadline()).isEqualTo(40 + MAX_WAIT);
    }

    @Test
    void theDeadlineIsThatOfTheOldestPacketStillHeld() {
        arrive(1, 3);
        now = 10;
        arrive(6);
        now = 20;
        arrive(8, 2);
        assertThat(window.deadline()).isEqualTo(10 + MAX_WAIT);
    }

    @Test
    void timeRunsOutInAcceptToo() {
        arrive(1, 3);
        now = MAX_WAIT;
        arrive(2, 4);
        assertThat(sink.events).containsExactly("1", "lost 1", "3", "4");
        assertThat(count(RtpCounter.LATE)).isEqualTo(1);
    }

    @Test
    void aGapIsGivenUpWhenTheWindowIsFull() {
        arrive(1, 3, 4, 5, 6, 7, 8, 9);
        assertThat(sink.events).containsExactly("1");
        arrive(2 + WINDOW);
        assertThat(sink.events).containsExactly("1", "lost 1", "3", "4", "5", "6", "7", "8", "9", "10");
    }

    @Test
    void aBurstOfLossLargerThanTheWindowIsLostAsFarAsItIsOutside() {
        arrive(1, 100);
        assertThat(sink.events).containsExactly("1", "lost 91");
        window.poll(MAX_WAIT);
        assertThat(sink.events).containsExactly("1", "lost 91", "lost 7", "100");
        assertThat(count(RtpCounter.LOST)).isEqualTo(98);
    }

    @Test
    void aWindowOfOneNeverHolds() {
        ReorderWindow none = new ReorderWindow(1, MAX_WAIT, counters, sink);
        for (int sequence : new int[] {1, 3, 2, 4}) {
            none.accept(RtpDatagram.of(sequence).view(), 0);
        }
        assertThat(sink.events).containsExactly("1", "lost 1", "3", "4");
        assertThat(count(RtpCounter.LATE)).isEqualTo(1);
    }

    @Tag("RFC6184-7-02") @Tag("RFC6184-6.1-03")
    @Test
    void duplicatesOfPassedAndOfHeldPacketsAreDropped() {
        arrive(1, 1, 3, 3, 2, 1, 2, 3);
        assertThat(sink.events).containsExactly("1", "2", "3");
        assertThat(count(RtpCounter.DUPLICATED)).isEqualTo(5);
        assertThat(count(RtpCounter.LATE)).isZero();
    }

    @Tag("RFC6184-7-02")
    @Test
    void aPacketFromBeforeTheFirstIsLate() {
        arrive(10, 9, 11, 8);
        assertThat(sink.events).containsExactly("10", "11");
        assertThat(count(RtpCounter.LATE)).isEqualTo(2);
    }

    @Test
    void aPacketFromBeforeTheFirstIsLateOverTheWrapToo() {
        arrive(0, 0xFFFF, 1);
        assertThat(sink.events).containsExactly("0", "1");
        assertThat(count(RtpCounter.LATE)).isEqualTo(1);
    }

    @Tag("RFC3550-A.1-09")
    @ParameterizedTest
    @ValueSource(ints = {20_000, -200, 3001, -32_768})
    void aLeapConfirmedByASecondPacketIsARestartAndLosesNothing_RFC3550_A1(int leap) {
        arrive(1000, 1001, 1003, 1002 + leap, 1003 + leap, 1004 + leap);
        int first = 1002 + leap & 0xffff;
        assertThat(sink.events).containsExactly("1000", "1001", "lost 1", "1003", "end",
            "" + first, "" + Sequence.next(first), "" + Sequence.next(Sequence.next(first)));
        assertThat(count(RtpCounter.RESTART)).isEqualTo(1);
        assertThat(count(RtpCounter.STRAY)).isZero();
    }

    @Tag("RFC3550-A.1-07")
    @Test
    void theLargestStepThatIsNotALeapIsALoss() {
        arrive(1, 1 + ReorderWindow.MAX_DROPOUT);
        window.flush();
        assertThat(count(RtpCounter.LOST)).isEqualTo(ReorderWindow.MAX_DROPOUT - 1);
        assertThat(count(RtpCounter.STRAY)).isZero();
    }

    @Tag("RFC3550-A.1-07")
    @Test
    void theLargestStepBackThatIsNotALeapIsLate() {
        arrive(1000, 1001 - ReorderWindow.MAX_MISORDER, 1002 - ReorderWindow.MAX_MISORDER);
        assertThat(sink.events).containsExactly("1000");
        assertThat(count(RtpCounter.LATE)).isEqualTo(2);
    }

    @Test
    void aNewStreamKnowsNothingOfTheOnesBefore() {
        arrive(1, 2, 3);
        window.flush();
        arrive(10, 2);
        assertThat(count(RtpCounter.LATE)).isEqualTo(1);
        assertThat(count(RtpCounter.DUPLICATED)).isZero();
    }

    @Tag("RFC3550-5.1-16")
    @Test
    void aLeapThatNothingConfirmsIsStray() {
        arrive(1, 30_000, 2, 30_001, 3);
        window.flush();
        assertThat(sink.events).containsExactly("1", "2", "3", "end");
        assertThat(count(RtpCounter.STRAY)).isEqualTo(2);
        assertThat(count(RtpCounter.RESTART)).isZero();
    }

    @Test
    void duplicatesAreKnownAfterARestartToo() {
        arrive(1, 30_000, 30_001, 30_001, 30_002);
        assertThat(sink.events).containsExactly("1", "end", "30000", "30001", "30002");
        assertThat(count(RtpCounter.DUPLICATED)).isEqualTo(1);
    }

    @Test
    void flushGivesOutWhatIsHeldAndTheNextPacketStartsAnew() {
        arrive(1, 3, 6);
        window.flush();
        window.flush();
        arrive(2);
        assertThat(sink.events).containsExactly("1", "lost 1", "3", "lost 2", "6", "end", "2");
    }

    @Test
    void packetsOfAnySizeAreHeld() {
        window.accept(RtpDatagram.of(1).view(), 0);
        window.accept(RtpDatagram.of(3).payload(new byte[65_523]).view(), 0);
        window.accept(RtpDatagram.of(4).payload().view(), 0);
        window.accept(RtpDatagram.of(2).payload(new byte[3000]).view(), 0);
        assertThat(sink.lengths).containsExactly(16, 3012, 65_535, 12);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 2049})
    void anImpossibleSizeIsRefusedWithTheAllowedOnes(int packets) {
        assertThatThrownBy(() -> new ReorderWindow(packets, 0, counters, sink))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(packets + " packets; allowed are 1 to 2048");
    }
}
