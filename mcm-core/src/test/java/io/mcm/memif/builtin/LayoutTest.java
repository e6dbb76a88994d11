package io.mcm.memif.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.memif.MemifConfig;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers of memif.h as a C compiler laid them out (offsetof, sizeof), written down here once more by hand. */
class LayoutTest {

    private static final int[] MESSAGE_OFFSETS = {
        ControlMessage.TYPE_OFFSET,
        ControlMessage.HELLO_NAME_OFFSET, ControlMessage.HELLO_MIN_VERSION_OFFSET, ControlMessage.HELLO_MAX_VERSION_OFFSET,
        ControlMessage.HELLO_MAX_REGION_OFFSET, ControlMessage.HELLO_MAX_M2S_RING_OFFSET,
        ControlMessage.HELLO_MAX_S2M_RING_OFFSET, ControlMessage.HELLO_MAX_LOG2_RING_SIZE_OFFSET,
        ControlMessage.INIT_VERSION_OFFSET, ControlMessage.INIT_ID_OFFSET, ControlMessage.INIT_MODE_OFFSET,
        ControlMessage.INIT_SECRET_OFFSET, ControlMessage.INIT_NAME_OFFSET,
        ControlMessage.REGION_INDEX_OFFSET, ControlMessage.REGION_SIZE_OFFSET,
        ControlMessage.RING_FLAGS_OFFSET, ControlMessage.RING_INDEX_OFFSET, ControlMessage.RING_REGION_OFFSET,
        ControlMessage.RING_OFFSET_OFFSET, ControlMessage.RING_LOG2_SIZE_OFFSET, ControlMessage.RING_PRIVATE_HEADER_OFFSET,
        ControlMessage.CONNECT_NAME_OFFSET, ControlMessage.DISCONNECT_CODE_OFFSET, ControlMessage.DISCONNECT_TEXT_OFFSET};

    @Test
    void messageFieldsLieWhereMemifMsgHasThem() {
        assertThat(ControlMessage.LENGTH).isEqualTo(128);
        assertThat(MESSAGE_OFFSETS).containsExactly(
            0,
            2, 34, 36, 38, 40, 42, 44,
            2, 4, 8, 9, 33,
            2, 4,
            2, 4, 6, 8, 12, 13,
            2, 2, 6);
        assertThat(new int[] {ControlMessage.NAME_LENGTH, ControlMessage.SECRET_LENGTH, ControlMessage.TEXT_LENGTH})
            .containsExactly(32, 24, 96);
        assertThat(ControlMessage.VERSION).isEqualTo(0x200);
        assertThat(ControlMessage.RING_FLAG_S2M).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"NONE, 0", "ACK, 1", "HELLO, 2", "INIT, 3", "ADD_REGION, 4", "ADD_RING, 5", "CONNECT, 6", "CONNECTED, 7", "DISCONNECT, 8"})
    void messageTypesHaveTheNumbersOfMemifMsgType(ControlMessage.Type type, int number) {
        assertThat(type.ordinal()).isEqualTo(number);
    }

    @Test
    void ringFieldsLieWhereMemifRingHasThem() {
        assertThat(new int[] {RingDescriptor.COOKIE_OFFSET, RingDescriptor.FLAGS_OFFSET, RingDescriptor.HEAD_OFFSET,
            RingDescriptor.TAIL_OFFSET, RingDescriptor.DESCRIPTORS_OFFSET, RingDescriptor.DESCRIPTOR_LENGTH})
            .containsExactly(0, 4, 6, 64, 128, 16);
        assertThat(RingDescriptor.COOKIE).isEqualTo(0x3E31F20);
        assertThat(MemifConfig.MAX_LOG2_RING_SIZE).isEqualTo(14);
        assertThat(new int[] {RingDescriptor.FLAG_MASK_INTERRUPT, RingDescriptor.FLAG_NEXT}).containsExactly(1, 1);
    }

    @ParameterizedTest
    @CsvSource({"0, 144", "1, 160", "8, 4224", "14, 262272"})
    void ringsAreStridedAsLibmemifStridesThem(int log2Size, long length) {
        assertThat(RingDescriptor.length(log2Size)).isEqualTo(length);
    }

    /** flags 0:2, region 2:2, length 4:4, little endian. */
    @ParameterizedTest
    @CsvSource({"1, 0, 0, 0000000000000001", "0, 0x1234, 0, 0000000012340000", "0, 0, 0x89abcdef, 89abcdef00000000",
        "0xffff, 0xffff, 0xffffffff, ffffffffffffffff"})
    void aDescriptorsFirstWordHasFlagsRegionAndLength(String flags, String region, String length, String hex) {
        long word = RingDescriptor.firstWord(Integer.decode(flags), Integer.decode(region), Long.decode(length));
        assertThat(word).isEqualTo(Long.parseUnsignedLong(hex, 16));
        assertThat(RingDescriptor.region(word)).isEqualTo(Integer.decode(region));
        assertThat(RingDescriptor.length(word)).isEqualTo(Long.decode(length));
        assertThat(RingDescriptor.hasNext(word)).isEqualTo((Integer.decode(flags) & 1) != 0);
    }

    @Test
    void aDescriptorsOffsetIsUnsignedAndWithoutTheMetadata() {
        assertThat(RingDescriptor.offset(0x12345678_fedcba98L)).isEqualTo(0xfedcba98L);
    }

    @Test
    void textIsCutToItsFieldAndReadUpToItsNul() {
        try (Arena arena = Arena.ofConfined()) {
            ControlMessage message = new ControlMessage(arena.allocate(ControlMessage.LENGTH, 8)).clear(ControlMessage.Type.CONNECT);
            message.text(ControlMessage.CONNECT_NAME_OFFSET, ControlMessage.NAME_LENGTH, "n".repeat(40));
            assertThat(message.text(ControlMessage.CONNECT_NAME_OFFSET, ControlMessage.NAME_LENGTH)).isEqualTo("n".repeat(31));
            message.bytes().fill((byte) 'x');
            assertThat(message.text(ControlMessage.CONNECT_NAME_OFFSET, ControlMessage.NAME_LENGTH)).isEqualTo("x".repeat(32));
            message.clear(ControlMessage.Type.CONNECT)
                .text(ControlMessage.CONNECT_NAME_OFFSET, ControlMessage.NAME_LENGTH, "two\nlines\u001b[2J");
            assertThat(message.text(ControlMessage.CONNECT_NAME_OFFSET, ControlMessage.NAME_LENGTH)).isEqualTo("two?lines?[2J");
        }
    }

    @Test
    void aTypeThatTheProtocolDoesNotHaveIsNone() {
        try (Arena arena = Arena.ofConfined()) {
            ControlMessage message = new ControlMessage(arena.allocate(ControlMessage.LENGTH, 8));
            assertThat(message.u16(ControlMessage.TYPE_OFFSET, 9).type()).isEqualTo(ControlMessage.Type.NONE);
            assertThat(message.u16(ControlMessage.TYPE_OFFSET, 0xffff).type()).isEqualTo(ControlMessage.Type.NONE);
        }
    }
}
