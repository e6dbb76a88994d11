package io.mcm.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PayloadTypeFilterTest {

    private static final int VIDEO = 96;
    private static final int OTHER = 112;
    private static final long FRAME = 33_000_000;

    private final RecordingSink sink = new RecordingSink(true);
    private RtpReceiver receiver = new RtpReceiver(ReceiverConfig.defaults(), sink);
    private long now;
    private int sequence;

    private void arrive(int payloadType) {
        byte[] bytes = RtpDatagram.of(sequence++).payloadType(payloadType).bytes();
        receiver.accept(RtpDatagram.placedAt(9, bytes), 9, bytes.length, now);
    }

    private void video(int pictures) {
        for (int i = 0; i < pictures; i++) {
            arrive(VIDEO);
            now += FRAME;
        }
    }

    private long count(RtpCounter counter) {
        return receiver.counters().get(counter);
    }

    @Test
    void packetsOfAnotherTypeInTheSameSequenceAreCountedAndNeitherHoldNorLoseAnything() {
        for (int i = 0; i < 100; i++) {
            arrive(VIDEO);
            arrive(OTHER);
            arrive(OTHER);
            now += FRAME;
        }
        assertThat(sink.events).hasSize(100).allMatch(event -> Integer.parseInt(event) % 3 == 0);
        assertThat(count(RtpCounter.LOST)).isZero();
        arrive(VIDEO);
        assertThat(count(RtpCounter.FOREIGN_PAYLOAD_TYPE)).isEqualTo(200);
        assertThat(count(RtpCounter.PAYLOAD_TYPE_CHANGE)).isZero();
    }

    @Tag("RFC3550-5.1-06")
    @Test
    void aTypeThatPersistsIsFollowedAndLosesNothing() {
        video(100);
        for (int i = 0; i < 10; i++) {
            arrive(97);
            now += FRAME;
        }
        assertThat(sink.events).hasSize(110);
        assertThat(count(RtpCounter.PAYLOAD_TYPE_CHANGE)).isEqualTo(1);
        assertThat(count(RtpCounter.FOREIGN_PAYLOAD_TYPE)).isZero();
    }

    @Test
    void aLossAmongThePacketsOfTheNewTypeIsToldInItsPlace() {
        video(100);
        arrive(97);
        sequence += 2;
        for (int i = 0; i < 10; i++) {
            arrive(97);
            now += FRAME;
        }
        receiver.poll(now);
        assertThat(sink.events.subList(99, 103)).containsExactly("99", "100", "lost 2", "103");
        assertThat(sink.events).hasSize(112);
    }

    @Test
    void aLossAmongDroppedPacketsIsTold() {
        video(100);
        arrive(OTHER);
        sequence += 2;
        arrive(OTHER);
        arrive(VIDEO);
        receiver.flush();
        assertThat(sink.events.subList(99, 103)).containsExactly("99", "lost 2", "104", "end");
    }

    @Test
    void audioBetweenThePicturesOfASlowCameraIsNotFollowed() {
        for (int i = 0; i < 100; i++) {
            arrive(VIDEO);
            for (int audio = 0; audio < 10; audio++) {
                now += 20_000_000;
                arrive(OTHER);
            }
        }
        assertThat(sink.events).hasSize(100);
        assertThat(count(RtpCounter.PAYLOAD_TYPE_CHANGE)).isZero();
    }

    @Test
    void aTypeThatTheSessionNamedIsNeverLeft() {
        receiver = new RtpReceiver(ReceiverConfig.defaults().withPayloadType(VIDEO), sink);
        video(100);
        for (int i = 0; i < 200; i++) {
            arrive(97);
            now += FRAME;
        }
        video(1);
        assertThat(sink.events).hasSize(101);
        assertThat(count(RtpCounter.FOREIGN_PAYLOAD_TYPE)).isEqualTo(200);
    }

    @Test
    void aNewStreamBindsItsOwnType() {
        video(1);
        receiver.flush();
        arrive(OTHER);
        assertThat(sink.events).containsExactly("0", "end", "1");
    }
}
