package io.mcm.h264;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class AnnexBWriterTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final AnnexBWriter writer = new AnnexBWriter(out);

    @Test
    void putsAFourByteStartCodeBeforeEveryWholeUnit() {
        MemorySegment bytes = MemorySegment.ofArray(PayloadCase.hex("0102030405"));
        writer.begin(null, 0x67);
        writer.append(bytes, 1, 2);
        writer.append(bytes, 4, 1);
        writer.end();
        writer.begin(null, 0x09);
        writer.end();
        writer.endAccessUnit();
        assertThat(out.toByteArray()).isEqualTo(PayloadCase.hex("00000001 67020305 00000001 09"));
        assertThat(writer.units()).isEqualTo(2);
    }

    @Test
    void leavesAbandonedUnitsOut() {
        writer.begin(null, 0x65);
        writer.append(MemorySegment.ofArray(new byte[10]), 0, 10);
        writer.abandon();
        writer.begin(null, 0x41);
        writer.end();
        assertThat(out.toByteArray()).isEqualTo(PayloadCase.hex("00000001 41"));
        assertThat(writer.units()).isEqualTo(1);
    }

    @Test
    void leavesAUnitOutThatNoPictureNeeds() {
        MemorySegment megabyte = Arena.ofAuto().allocate(1 << 20);
        writer.begin(null, 0x65);
        for (int i = 0; i < 65; i++) {
            writer.append(megabyte, 0, 1 << 20);
        }
        writer.end();
        writer.begin(null, 0x41);
        writer.end();
        assertThat(writer.oversizedUnits()).isEqualTo(1);
        assertThat(writer.units()).isEqualTo(1);
        assertThat(out.size()).isEqualTo(5);
    }

    @Test
    void tellsThatTheStreamFailed() {
        AnnexBWriter failing = new AnnexBWriter(new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("disk full");
            }
        });
        failing.begin(null, 0x65);
        assertThatThrownBy(failing::end).isInstanceOf(UncheckedIOException.class).hasMessageContaining("disk full");
    }
}
