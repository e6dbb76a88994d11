package io.mcm.conformance.suite;

import static io.mcm.conformance.suite.RtpStream.IDR;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** RFC 6184's interleaved mode, which a receiver may support: NAL units come out in decoding order, or mode 2 is not taken at all. */
final class InterleavedCases {

    private static final int STAP_B = 25;
    private static final int MTAP16 = 26;
    private static final int MTAP24 = 27;
    private static final int FU_B = 29;
    private static final int NRI = 0x60;
    private static final int START = 0x80;
    private static final int END = 0x40;
    private static final int LENGTH = 60;

    private InterleavedCases() {}

    static List<ConformanceCase> all() {
        return List.of(
            mode2("stap-b", "three STAP-Bs of two units each, in decoding order", (stream, units) -> List.of(
                stapB(stream, 0, units.get(0), units.get(1)), stapB(stream, 2, units.get(2), units.get(3)),
                stapB(stream, 4, units.get(4), units.get(5)))).proves("RFC6184-5.7.1-03", "RFC6184-5.7.1-04"),
            mode2("stap-b-interleaved", "three STAP-Bs, the first of which is the second in decoding order", (stream,
                units) -> List.of(
                stapB(stream, 2, units.get(2), units.get(3)), stapB(stream, 0, units.get(0), units.get(1)),
                stapB(stream, 4, units.get(4), units.get(5)))).proves("RFC6184-5.5-02", "RFC6184-5.5-09"),
            mode2("stap-b-across-the-wrap", "STAP-Bs whose decoding order numbers wrap", (stream, units) -> List.of(
                stapB(stream, 0xfffe, units.get(0), units.get(1)), stapB(stream, 2, units.get(4), units.get(5)),
                stapB(stream, 0, units.get(2), units.get(3)))).proves("RFC6184-5.5-08"),
            mode2("mtap16", "MTAP16s whose units are not in decoding order", (stream, units) -> mtaps(stream, units, MTAP16, 2))
                .proves("RFC6184-5.7.2-01", "RFC6184-5.7.2-03", "RFC6184-5.7.2-04", "RFC6184-5.7.2-09"),
            mode2("mtap24", "MTAP24s whose units are not in decoding order", (stream, units) -> mtaps(stream, units, MTAP24, 3))
                .proves("RFC6184-5.7.2-01", "RFC6184-5.7.2-03", "RFC6184-5.7.2-04"),
            mode2("fu-b", "units in an FU-B and two FU-As each, the second before the first", (stream, units) -> {
                List<byte[]> packets = new ArrayList<>();
                for (int don : new int[] {1, 0, 2, 3, 5, 4}) {
                    packets.addAll(fuB(stream, don, units.get(don)));
                }
                return packets;
            }).proves("RFC6184-5.8-08", "RFC6184-5.8-11", "RFC6184-5.5-03"));
    }

    /** Packs six units into packets. */
    private interface Packing {
        List<byte[]> pack(RtpStream stream, List<byte[]> units);
    }

    private static ConformanceCase mode2(String name, String sends, Packing packing) {
        return ConformanceCase.of(Group.RTP, "mode-2-" + name, sends,
            "its six NAL units in decoding order; or nothing, where mode 2 is not supported",
            "what is taken for a NAL unit of type 25 to 29 is not decodable", scene -> play(scene, packing));
    }

    private static void play(Scene scene, Packing packing) throws Exception {
        Link link = scene.link();
        RtpStream stream = link.stream().nextPicture();
        List<byte[]> units = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            units.add(stream.unit(IDR, LENGTH + i));
        }
        link.send(packing.pack(stream, units));
        if (!link.come(units)) {
            throw new CouldNotTest("it drops packets of the interleaved mode, which a receiver need not support (RFC 6184 section 6.4)");
        }
    }

    private static byte[] stapB(RtpStream stream, int don, byte[]... units) {
        ByteBuffer payload = ByteBuffer.allocate(1_000).put((byte) (NRI | STAP_B)).putShort((short) don);
        for (byte[] unit : units) {
            payload.putShort((short) unit.length).put(unit);
        }
        return stream.packet(true, Arrays.copyOf(payload.array(), payload.position()));
    }

    /** Two packets of three units each, the last first; DOND counts from the packet's first in decoding order. */
    private static List<byte[]> mtaps(RtpStream stream, List<byte[]> units, int type, int offsetLength) {
        List<byte[]> packets = new ArrayList<>();
        for (int base = 0; base < units.size(); base += 3) {
            ByteBuffer payload = ByteBuffer.allocate(1_000).put((byte) (NRI | type)).putShort((short) base);
            for (int dond : new int[] {2, 0, 1}) {
                byte[] unit = units.get(base + dond);
                payload.putShort((short) unit.length).put((byte) dond).put(new byte[offsetLength]).put(unit);
            }
            packets.add(stream.packet(true, Arrays.copyOf(payload.array(), payload.position())));
        }
        return packets;
    }

    private static List<byte[]> fuB(RtpStream stream, int don, byte[] unit) {
        byte[] first = new byte[] {(byte) (NRI | FU_B), (byte) (START | unit[0] & 0x1f), 0, (byte) don, unit[1], unit[2]};
        return List.of(stream.packet(false, first),
            stream.fragment(unit[0], 0, Arrays.copyOfRange(unit, 3, 20), false),
            stream.fragment(unit[0], END, Arrays.copyOfRange(unit, 20, unit.length), true));
    }
}
