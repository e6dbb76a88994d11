package io.mcm.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class BufferHeaderTest {

    /** As the 24.09 proxy wrote it for an access unit of 118 bytes. */
    private static final String UPSTREAM = "11220102030476000000000000" + "00";

    @Test
    void isByteForByteWhatUpstreamWrites() {
        byte[] bytes = new byte[BufferHeader.LENGTH];
        BufferHeader.write(MemorySegment.ofArray(bytes), 0, 0x1122, 0x01020304, 0x76);
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(UPSTREAM);
    }

    @Test
    void isReadAtItsBaseAndUnsigned() {
        byte[] bytes = HexFormat.of().parseHex("ffff" + "ffff" + "fffffffe" + "f8ffffffffffffff" + "ff");
        MemorySegment segment = MemorySegment.ofArray(bytes);
        assertThat(BufferHeader.sequence(segment, 2)).isEqualTo(0xffff);
        assertThat(BufferHeader.timestamp(segment, 2)).isEqualTo(0xfffffffe);
        assertThat(BufferHeader.payloadLength(segment, 2)).as("2^64 - 8").isEqualTo(-8);
    }

    @Test
    void writesNothingBesideItself() {
        byte[] bytes = HexFormat.of().parseHex("aa".repeat(BufferHeader.LENGTH + 2));
        BufferHeader.write(MemorySegment.ofArray(bytes), 1, 0x1122, 0x01020304, 0x76);
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("aa" + UPSTREAM + "aa");
    }
}
