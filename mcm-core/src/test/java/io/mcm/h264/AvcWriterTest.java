package io.mcm.h264;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.h264.AnnexBWriter.StartCode;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** The forms other than Annex B with start codes of four bytes. */
class AvcWriterTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private static void write(WholeUnitWriter writer) {
        MemorySegment bytes = MemorySegment.ofArray(PayloadCase.hex("0102030405"));
        writer.begin(null, 0x67);
        writer.append(bytes, 1, 2);
        writer.append(bytes, 4, 1);
        writer.end();
        writer.begin(null, 0x65);
        writer.append(bytes, 0, 5);
        writer.abandon();
        writer.begin(null, 0x09);
        writer.end();
        writer.endAccessUnit();
    }

    @Test
    void putsTheSizeBeforeEveryWholeUnit() {
        AvcWriter writer = new AvcWriter(out);
        write(writer);
        assertThat(out.toByteArray()).isEqualTo(PayloadCase.hex("00000004 67020305 00000001 09"));
        assertThat(writer.units()).isEqualTo(2);
        assertThat(writer.bytes()).isEqualTo(out.size());
    }

    @Test
    void startCodesMayHaveThreeBytes() {
        write(new AnnexBWriter(out, StartCode.THREE_BYTES));
        assertThat(out.toByteArray()).isEqualTo(PayloadCase.hex("000001 67020305 000001 09"));
    }
}
