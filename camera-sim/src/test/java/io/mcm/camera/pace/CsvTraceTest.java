package io.mcm.camera.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class CsvTraceTest {

    private static final long MS = 1_000_000;
    private static final String HEADER = "sequence,timestamp,intended_ns,sent_ns\n";
    private static final MemorySegment PACKET = MemorySegment.ofArray(HexFormat.of().parseHex("8060fffeffffffffcafe0001"));

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private String written() {
        return out.toString(StandardCharsets.US_ASCII);
    }

    @Test
    void theHeaderIsThereAtOnceAndEachPacketIsALine() {
        CsvTrace trace = new CsvTrace(out, 0);
        assertThat(written()).isEqualTo(HEADER);
        trace.sent(0, PACKET, 0, 12, Long.MIN_VALUE, -7);
        trace.sent(0, PACKET, 0, 12, 0, Long.MAX_VALUE - 1);
        trace.finish();
        assertThat(written()).isEqualTo(HEADER + "65534,4294967295,-9223372036854775808,-7\n65534,4294967295,0,9223372036854775806\n");
    }

    @Test
    void aLineWaitsAtMostAHundredMilliseconds() {
        CsvTrace trace = new CsvTrace(out, 0);
        trace.sent(0, PACKET, 0, 12, 1, 1);
        trace.sent(0, PACKET, 0, 12, 2, 99 * MS);
        assertThat(written()).isEqualTo(HEADER);
        trace.sent(0, PACKET, 0, 12, 3, 100 * MS);
        assertThat(written()).hasLineCount(4);
    }

    @Test
    void aPauseThatWouldMakeALineLateWritesItFirst() {
        CsvTrace trace = new CsvTrace(out, 0);
        trace.sent(0, PACKET, 0, 12, 1, MS);
        trace.pause(MS, 50 * MS);
        assertThat(written()).as("neither late nor used for long").isEqualTo(HEADER);
        trace.pause(MS, 1_000 * MS);
        assertThat(written()).hasLineCount(2);
    }

    @Test
    void aPauseIsUsedOnceInAWhile() {
        CsvTrace trace = new CsvTrace(out, 0);
        trace.sent(0, PACKET, 0, 12, 1, 30 * MS);
        trace.pause(30 * MS, 30 * MS + MS / 2);
        assertThat(written()).as("too short a pause").isEqualTo(HEADER);
        trace.pause(30 * MS, 40 * MS);
        assertThat(written()).hasLineCount(2);
    }

    @Test
    void moreLinesThanTheBufferHoldsAreAllWritten() {
        CsvTrace trace = new CsvTrace(out, 0);
        for (int i = 0; i < 10_000; i++) {
            trace.sent(0, PACKET, 0, 12, i, 1);
        }
        trace.finish();
        assertThat(written()).hasLineCount(10_001).endsWith(",9999,1\n");
    }
}
