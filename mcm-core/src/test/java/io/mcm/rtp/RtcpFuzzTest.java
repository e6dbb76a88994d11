package io.mcm.rtp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.mcm.PlantedFault;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;

/**
 * RTCP datagrams and header extensions of any bytes: nothing throws, nothing is read past them, and what was read is what the counters say.
 * Without JAZZER_FUZZ the inputs that are committed beside this class are replayed; {@code ci/fuzz} looks for new ones.
 */
class RtcpFuzzTest {

    private static final int MAX_DATAGRAM = 512;
    private static final MemorySegment MEMORY = Arena.ofAuto().allocate(MAX_DATAGRAM);
    private static final int EXTENSION_HEADER_LENGTH = 4;
    private static final int EXTENSION_FLAG = 0x10;
    private static final int WORD = 4;

    /** As long as the bytes, at the memory's end. */
    private static MemorySegment placed(int length) {
        return MEMORY.asSlice(MAX_DATAGRAM - length, length);
    }

    @FuzzTest
    void datagram(byte[] input) {
        if (input.length > MAX_DATAGRAM) {
            return;
        }
        MemorySegment datagram = placed(input.length);
        MemorySegment.copy(input, 0, datagram, JAVA_BYTE, 0, input.length);
        Ledger ledger = new Ledger();
        RtcpReader reader = new RtcpReader(ledger);
        reader.accept(datagram, 0, input.length, 0);

        Map<String, Long> counters = reader.counters().snapshot();
        require(ledger.reports == reader.counters().get(RtcpCounter.RTCP_SENDER_REPORTS));
        require(ledger.blocks == reader.counters().get(RtcpCounter.RTCP_REPORT_BLOCKS));
        require(ledger.goodbyes == reader.counters().get(RtcpCounter.RTCP_GOODBYES));
        require(counters.values().stream().anyMatch(count -> count > 0));
        require(ledger.blocks <= input.length / ReportBlock.LENGTH && ledger.goodbyes <= input.length / WORD);
        PlantedFault.at(ledger.goodbyesAfterReport > 0 & reader.counters().get(RtcpCounter.RTCP_SKIPPED) > 1
            & ledger.blocks > 1);
    }

    /** The first two bytes are the profile. */
    @FuzzTest
    void headerExtension(byte[] input) {
        int words = (input.length - Short.BYTES) / WORD;
        int length = RtpPacket.FIXED_HEADER_LENGTH + EXTENSION_HEADER_LENGTH + words * WORD;
        if (input.length < Short.BYTES || length > MAX_DATAGRAM) {
            return;
        }
        MemorySegment datagram = placed(length);
        RtpPacket.writeHeader(datagram, 0, 96, 1, 2, 3);
        datagram.set(JAVA_BYTE, 0, (byte) (datagram.get(JAVA_BYTE, 0) | EXTENSION_FLAG));
        MemorySegment.copy(input, 0, datagram, JAVA_BYTE, RtpPacket.FIXED_HEADER_LENGTH, Short.BYTES);
        datagram.set(JAVA_BYTE, RtpPacket.FIXED_HEADER_LENGTH + Short.BYTES, (byte) (words >> Byte.SIZE));
        datagram.set(JAVA_BYTE, RtpPacket.FIXED_HEADER_LENGTH + Short.BYTES + 1, (byte) words);
        MemorySegment.copy(input, Short.BYTES, datagram, JAVA_BYTE, length - words * (long) WORD, words * WORD);

        RtpPacket packet = new RtpPacket();
        require(packet.wrap(datagram, 0, length) == RtpPacket.Validity.VALID);
        HeaderExtensions extensions = new HeaderExtensions();
        if (extensions.wrap(packet)) {
            long before = length - words * (long) WORD;
            int elements = 0;
            boolean empty = false;
            while (extensions.next()) {
                require(extensions.id() >= 1 && extensions.id() <= 0xff);
                require(extensions.start() > before && extensions.start() + extensions.length() <= length);
                before = extensions.start() + extensions.length();
                elements++;
                empty |= extensions.length() == 0;
            }
            PlantedFault.at(elements > 20 & empty & extensions.isOverrun());
        }
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new AssertionError();
        }
    }

    private static final class Ledger implements RtcpListener {

        private final SenderClock clock = new SenderClock();
        private long reports;
        private long blocks;
        private long goodbyes;
        private long goodbyesAfterReport;

        @Override
        public void senderReport(SenderReport report, long nowNanos) {
            clock.update(report, nowNanos);
            clock.ntp(report.rtpTimestamp() + 1);
            reports++;
        }

        @Override
        public void reportBlock(int reporter, ReportBlock block, long nowNanos) {
            require(block.fractionLost() >= 0 && block.fractionLost() <= 0xff);
            require(block.cumulativeLost() >= -0x80_0000 && block.cumulativeLost() <= 0x7f_ffff);
            blocks++;
        }

        @Override
        public void goodbye(int ssrc, long nowNanos) {
            goodbyes++;
            goodbyesAfterReport += reports > 0 ? 1 : 0;
        }
    }
}
