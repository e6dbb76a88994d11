package io.mcm.rtp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** RFC 3550 sections 6.4.1, 6.5 and 6.6, against the same compound made by hand. */
class SenderReportWriterTest {

    private static final int SSRC = 0x8000_000A;
    private static final long NTP = 0x0123_4567_89ab_cdefL;
    private static final int BASE = 40;

    private final SenderReportWriter writer = new SenderReportWriter("camera@10.0.0.1");
    private final MemorySegment to = MemorySegment.ofArray(new byte[BASE + writer.maxLength() + BASE]);

    private byte[] written(int length) {
        return to.asSlice(BASE, length).toArray(JAVA_BYTE);
    }

    @Test
    void writesReportAndCname() {
        int length = writer.write(to, BASE, SSRC, NTP, 90_000, 1_000, 1_000_000);
        assertThat(written(length)).isEqualTo(RtcpDatagram.report(SSRC, NTP, 90_000).bytes());
    }

    @Test
    void withAGoodbyeItIsAsLongAsItSaysItMayBe() {
        int length = writer.write(to, BASE, SSRC, NTP, 90_000, 1_000, 1_000_000);
        length += writer.writeGoodbye(to, BASE + length, SSRC);
        assertThat(written(length)).isEqualTo(RtcpDatagram.report(SSRC, NTP, 90_000).goodbye(SSRC).bytes());
        assertThat(length).isEqualTo(writer.maxLength());
        assertThat(to.asSlice(0, BASE).toArray(JAVA_BYTE)).containsOnly(0);
        assertThat(to.asSlice(BASE + length).toArray(JAVA_BYTE)).containsOnly(0);
    }

    /** What replays a capture changes its reports in place. */
    @Test
    void aReportIsRewrittenInPlace() {
        byte[] bytes = RtcpDatagram.report(1, 2, 3).bytes();
        MemorySegment datagram = RtpDatagram.placedAt(BASE, bytes);
        RtcpPacket packet = new RtcpPacket();
        SenderReport report = new SenderReport();
        assertThat(packet.wrap(datagram, BASE, bytes.length)).isEqualTo(RtcpPacket.Validity.VALID);
        assertThat(packet.next() && report.wrap(packet)).isTrue();
        assertThat(packet.ssrc()).isEqualTo(1);
        packet.writeSsrc(SSRC);
        report.writeTime(NTP, 90_000);
        report.writeCounts(0x1_0000_0007L, 0x2_0000_0009L);
        assertThat(report.ssrc()).isEqualTo(SSRC);
        assertThat(packet.ssrc()).isEqualTo(SSRC);
        assertThat(report.ntp()).isEqualTo(NTP);
        assertThat(report.rtpTimestamp()).isEqualTo(90_000);
        assertThat(report.packetCount()).isEqualTo(7);
        assertThat(report.octetCount()).isEqualTo(9);
    }
}
