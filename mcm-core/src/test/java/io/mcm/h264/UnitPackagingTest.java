package io.mcm.h264;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.rtp.RtpPacket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a caller of the packetizer decides for a single unit, and what may be written around a payload. */
class UnitPackagingTest {

    private final List<String> payloads = new ArrayList<>();
    private final PacketizerConfig config = PacketizerConfig.defaults(1).withAggregation();
    private final Packetizer packetizer = new Packetizer(config, 0, Arena.ofAuto().allocate(Packetizer.bufferLength(config)),
        (segment, offset, length) -> payloads.add(
            (segment.get(ValueLayout.JAVA_BYTE, offset + 1) < 0 ? "M " : "")
                + HexFormat.of().formatHex(segment.asSlice(offset + 12, length - 12).toArray(ValueLayout.JAVA_BYTE))));

    private static MemorySegment unit(String hex) {
        return MemorySegment.ofArray(HexFormat.of().parseHex(hex));
    }

    @Test
    void separatedUnitsShareNoPacket() {
        packetizer.beginAccessUnit(0);
        packetizer.nalUnit(unit("6701"), 0, 2);
        packetizer.nalUnit(unit("6802"), 0, 2);
        packetizer.separate();
        packetizer.separate();
        packetizer.nalUnit(unit("6503"), 0, 2);
        packetizer.endAccessUnit();
        assertThat(payloads).containsExactly("78000267010002" + "6802", "M 6503");
    }

    @Test
    void aUnitThatFitsAPacketMayBeFragmented() {
        packetizer.beginAccessUnit(0);
        packetizer.nalUnit(unit("0601"), 0, 2);
        packetizer.fragmentedUnit(unit("65010203"), 0, 4, 2);
        packetizer.fragmentedUnit(unit("6504"), 0, 2, 1_000_000);
        packetizer.endAccessUnit();
        assertThat(payloads).containsExactly("0601", "7c850102", "7c4503", "M 7cc504");
        assertThatThrownBy(() -> packetizer.fragmentedUnit(unit("7c01"), 0, 2, 1)).hasMessageContaining("a NAL unit of type 28");
    }

    @Test
    void aHeaderTellsWhatFollowsIt() {
        MemorySegment packet = Arena.ofAuto().allocate(40);
        RtpPacket.writeHeader(packet, 3, 96, 1, 2, 3);
        RtpPacket.writeMarker(packet, 3);
        RtpPacket.writeFlags(packet, 3, true, false, 2);
        RtpPacket.writeCsrc(packet, 3, 0, 0x01020304);
        RtpPacket.writeCsrc(packet, 3, 1, -1);
        packet.set(ValueLayout.JAVA_BYTE, 3 + 29L, (byte) 4);
        RtpPacket view = new RtpPacket();
        assertThat(view.wrap(packet, 3, 30)).isEqualTo(RtpPacket.Validity.VALID);
        assertThat(view.marker()).isTrue();
        assertThat(List.of(view.csrc(0), view.csrc(1))).containsExactly(0x01020304, -1);
        assertThat(view.payloadLength()).isEqualTo(30 - 12 - 8 - 4);
        RtpPacket.clearMarker(packet, 3);
        assertThat(view.marker()).isFalse();
        assertThat(view.payloadType()).isEqualTo(96);
    }
}
