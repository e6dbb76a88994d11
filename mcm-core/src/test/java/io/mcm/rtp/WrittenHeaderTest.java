package io.mcm.rtp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.function.ObjLongConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a sender or a rewriter changes in a header, against the same header made by hand; the bytes around it stay. */
class WrittenHeaderTest {

    private static final long BASE = 24;

    /** What is done to {@link #plain}, and the datagram that must come of it. */
    static Stream<Arguments> writes() {
        return Stream.of(
            write("sequence", (to, base) -> RtpPacket.writeSequence(to, base, 0x1_fedc), plain(0xfedc)),
            write("timestamp", (to, base) -> RtpPacket.writeTimestamp(to, base, 0x89ab_cdef), plain(7).timestamp(0x89ab_cdef)),
            write("SSRC", (to, base) -> RtpPacket.writeSsrc(to, base, 0xdead_beef), plain(7).ssrc(0xdead_beef)),
            write("payload type", (to, base) -> RtpPacket.writePayloadType(to, base, 127), plain(7).payloadType(127)),
            write("payload type 0", (to, base) -> RtpPacket.writePayloadType(to, base, 0), plain(7).payloadType(0)),
            write("flags", (to, base) -> RtpPacket.writeFlags(to, base, false, false, 0), plain(7)),
            write("all of it", (to, base) -> {
                RtpPacket.writeHeader(to, base, 100, 9, 10, 11);
                RtpPacket.writeMarker(to, base);
            }, plain(9).payloadType(100).timestamp(10).ssrc(11)));
    }

    private static RtpDatagram plain(int sequence) {
        return RtpDatagram.of(sequence).timestamp(0x0102_0304).ssrc(0x1122_3344).payloadType(96).marker();
    }

    private static Arguments write(String what, ObjLongConsumer<MemorySegment> change, RtpDatagram expected) {
        return Arguments.of(what, change, expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("writes")
    void changesItsFieldAndNothingElse(String what, ObjLongConsumer<MemorySegment> change, RtpDatagram expected) {
        byte[] before = plain(7).bytes();
        byte[] around = new byte[before.length + 2 * (int) BASE];
        System.arraycopy(before, 0, around, (int) BASE, before.length);
        MemorySegment segment = MemorySegment.ofArray(around);
        change.accept(segment, BASE);
        assertThat(segment.asSlice(BASE, before.length).toArray(JAVA_BYTE)).isEqualTo(expected.bytes());
        assertThat(segment.asSlice(0, BASE).toArray(JAVA_BYTE)).containsOnly(0);
        assertThat(segment.asSlice(BASE + before.length).toArray(JAVA_BYTE)).containsOnly(0);
    }
}
