package io.mcm.camera.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.camera.RecordingSink;
import io.mcm.camera.packetize.PacketizedSource;
import io.mcm.camera.packetize.PayloadConfig;
import io.mcm.camera.packetize.Received;
import io.mcm.camera.packetize.RtpConfig;
import io.mcm.h264.NalType;
import io.mcm.rtp.RtpPacket;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {

    private static RecordingSink play(String text, int passes) throws IOException {
        RecordingSink sink = new RecordingSink();
        new PacketizedSource(new PlanSource(PlanParser.parse("test.plan", text, 1), passes), PayloadConfig.DEFAULTS.withMaxPacketLength(1_000),
            RtpConfig.of(7), due -> due).play(sink);
        return sink;
    }

    private static RtpPacket view(byte[] packet) {
        RtpPacket view = new RtpPacket();
        assertThat(view.wrap(MemorySegment.ofArray(packet), 0, packet.length)).isEqualTo(RtpPacket.Validity.VALID);
        return view;
    }

    private static String payload(byte[] packet) {
        RtpPacket view = view(packet);
        return HexFormat.of().formatHex(view.segment().asSlice(view.payloadStart(), view.payloadLength()).toArray(ValueLayout.JAVA_BYTE));
    }

    /** A row is a plan's access unit, lines split by ';', and the payloads that are expected. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        unit hex:65aabb                                             | 65aabb
        unit hex:65aabb as=single;unit hex:41cc                     | 65aabb 41cc
        unit hex:65aabbcc as=fu-a:1                                 | 7c85aa 7c05bb 7c45cc
        unit hex:65aabbcc as=fu-a:2                                 | 7c85aabb 7c45cc
        unit hex:65aa as=fu-a                                       | 7cc5aa
        unit hex:65aabbcc as=fu-b:2 don=5                           | 7d850005aabb 7c45cc
        stap-a;unit hex:6742;unit hex:68ce3c;end                    | 78000267420003 68ce3c
        stap-a;unit hex:06aa;end;unit hex:65bb                      | 18000206aa 65bb
        stap-a;unit hex:8601;unit hex:6102;end                      | f8000286010002 6102
        stap-b;unit hex:6742 don=9;unit hex:68ce;end                | 790009000267420002 68ce
        mtap16;unit hex:41aa don=3;unit hex:01bb don=5 ticks=258;end| 5a00030002000000 41aa 0002020102 01bb
        mtap24;unit hex:41aa don=3 ticks=1;end                      | 5b0003000200000001 41aa
        payload hex:1c                                              | 1c
        payload hex:7f0102                                          | 7f0102
        """)
    void unitsArePackedAsThePlanSays(String lines, String payloads) throws IOException {
        RecordingSink sink = play("access-unit\n" + lines.replace(';', '\n'), 1);
        String all = String.join("", sink.packets.stream().map(PlanTest::payload).toList());
        assertThat(all).isEqualTo(payloads.replace(" ", ""));
        for (int i = 0; i < sink.packets.size(); i++) {
            assertThat(view(sink.packets.get(i)).marker()).isEqualTo(i == sink.packets.size() - 1);
            assertThat(view(sink.packets.get(i)).sequence()).isEqualTo(i);
        }
    }

    @Test
    void aUnitThatFitsNoPacketIsFragmented() throws IOException {
        RecordingSink sink = play("access-unit\nidr size=3000", 1);
        assertThat(sink.packets).hasSize(4).allMatch(packet -> packet.length <= 1_000);
        assertThat(sink.packets).allMatch(packet -> (packet[12] & 0x1f) == NalType.FU_A);
    }

    @Test
    void timesAndTimestampsAreThePlansInEveryPass() throws IOException {
        RecordingSink sink = play("fps 10\naccess-unit\nslice size=5\naccess-unit wait=0 ts=0\nslice size=5\naccess-unit wait=300 ts=-90\nsei size=5", 2);
        assertThat(sink.due).containsExactly(0L, 0L, 300_000_000L, 300_000_000L, 300_000_000L, 600_000_000L);
        assertThat(sink.packets.stream().map(packet -> view(packet).timestamp())).containsExactly(0, 0, -90, -90, -90, -180);
    }

    @Test
    void repeatsAreUnrolled() throws IOException {
        String text = "repeat 2\nrepeat 3\naccess-unit\nslice size=1 count=2\nend\naccess-unit\nsei size=1\nend\naccess-unit\nidr size=1";
        assertThat(play(text, 1).packets.stream().map(packet -> packet[12] & 0x1f))
            .containsExactly(1, 1, 1, 1, 1, 1, 6, 1, 1, 1, 1, 1, 1, 6, 5);
    }

    @Test
    void theSameSeedMakesTheSameBytes() {
        String text = "access-unit\nidr size=500";
        byte[] one = PlanParser.parse("x", text, 3).accessUnits().getFirst().units().getFirst().bytes().toArray(ValueLayout.JAVA_BYTE);
        byte[] same = PlanParser.parse("x", text, 3).accessUnits().getFirst().units().getFirst().bytes().toArray(ValueLayout.JAVA_BYTE);
        byte[] other = PlanParser.parse("x", text, 4).accessUnits().getFirst().units().getFirst().bytes().toArray(ValueLayout.JAVA_BYTE);
        assertThat(one).isEqualTo(same).isNotEqualTo(other).doesNotContain(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        slice size=5                            | test.plan:1: 'slice' without an access-unit before
        access-unit;slice size=0                | test.plan:2: size=0; allowed are 1 to 67108864
        access-unit;slice size=x                | test.plan:2: size='x'; expected a number from 1 to
        access-unit;slice                       | test.plan:2: either size=BYTES or hex:BYTES
        access-unit;slise size=5                | test.plan:2: 'slise'; allowed are access-unit, stap-a
        access-unit;32 size=5                   | test.plan:2: type=32; allowed are 0 to 31
        access-unit;slice sise=5                | test.plan:2: 'sise' is nothing for 'slice'; allowed are as, count
        access-unit;slice size=5 nri=4          | test.plan:2: nri=4; allowed are 0 to 3
        access-unit;slice size=5 as=fu          | test.plan:2: as=fu; allowed are auto, single, fu-a
        access-unit;slice size=5 as=fu-a:0      | test.plan:2: as=0; allowed are 1 to 65535
        access-unit;unit hex:6                  | test.plan:2: hex:6; expected pairs of hexadecimal digits
        access-unit;unit size=5                 | test.plan:2: 'unit' takes hex:BYTES
        access-unit;stap-a;access-unit          | test.plan:3: an access unit begins inside of STAP_A; its 'end' is missing
        access-unit;stap-a;stap-b               | test.plan:3: 'stap-b' inside of STAP_A
        access-unit;stap-a;slice size=1         | test.plan:3: an 'end' is missing
        access-unit;end                         | test.plan:2: 'end' without repeat or aggregation packet
        repeat 3;end                            | test.plan:1: no 'access-unit' to repeat before its 'end'
        repeat;end                              | test.plan:1: 'repeat' takes a number
        repeat 1000000;access-unit;slice size=1 count=2;end | test.plan:1: more than 1000000 units
        fps 0                                   | test.plan:1: fps=0; allowed are 1 to 1000
        fps 25                                  | test.plan:1: no 'access-unit' in the plan
        """)
    void mistakesAreToldWithTheLineTheValueAndWhatIsAllowed(String lines, String message) {
        assertThatThrownBy(() -> PlanParser.parse("test.plan", lines.replace(';', '\n'), 1)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(message);
    }

    @Test
    void aPacketThatCannotBeIsToldWhenItIsSent() {
        assertThatThrownBy(() -> play("access-unit\nidr size=3000 as=single", 1)).isInstanceOf(IOException.class)
            .hasMessageContaining("a packet of 3012 bytes or more; allowed are 1000");
        assertThatThrownBy(() -> play("access-unit\nidr size=1 as=fu-a", 1)).isInstanceOf(IOException.class)
            .hasMessageContaining("a NAL unit of 1 bytes in fragments; they need 2 and more");
    }

    @ParameterizedTest
    @CsvSource({"odd-units.plan, 32", "interleaved.plan, 8"})
    void theExamplesAreReceivedWhole(String name, int unitsARound) throws IOException {
        String text = new String(PlanTest.class.getResourceAsStream(name).readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        Plan plan = PlanParser.parse(name, text, 1);
        RecordingSink sink = new RecordingSink();
        new PacketizedSource(new PlanSource(plan, 1), PayloadConfig.DEFAULTS, RtpConfig.of(7), due -> due).play(sink);
        List<byte[]> units = plan.accessUnits().stream().flatMap(unit -> unit.units().stream())
            .map(unit -> unit.bytes().toArray(ValueLayout.JAVA_BYTE)).toList();
        List<String> sent = new java.util.ArrayList<>(units.stream().map(PlanTest::digest).toList());
        if (name.equals("interleaved.plan")) {
            // In each round the SEI unit was sent after the IDR slice that follows it in decoding order.
            for (int round = 0; round < sent.size(); round += unitsARound) {
                java.util.Collections.swap(sent, round + 2, round + 3);
            }
        }
        assertThat(units.size() % unitsARound).isZero();
        assertThat(Received.units(sink.packets).stream().map(PlanTest::digest).toList()).isEqualTo(sent);
    }

    /** Short enough to be looked at. */
    private static String digest(byte[] unit) {
        return (unit[0] & 0x1f) + "/" + unit.length + "/" + java.util.Arrays.hashCode(unit);
    }
}
