package io.mcm.h264;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Reads packets of mode 2 with its own eyes: which units have a byte in which packet. */
final class InterleavedOracle {

    private static final int RTP = 12;

    private InterleavedOracle() {
    }

    /** Units of which a packet is missing, as hex. */
    static List<String> unitsTouchedBy(List<byte[]> missing, List<byte[]> all) {
        List<String> touched = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            int type = all.get(i)[RTP] & 31;
            if (type == 29) {
                int first = i;
                while ((all.get(i)[RTP + 1] & 0x40) == 0) {
                    i++;
                }
                List<byte[]> fragments = all.subList(first, i + 1);
                if (fragments.stream().anyMatch(fragment -> contains(missing, fragment))) {
                    touched.add(joined(fragments));
                }
            } else if (contains(missing, all.get(i))) {
                touched.addAll(split(all.get(i), type == 25 ? 0 : type == 26 ? 3 : 4));
            }
        }
        return touched;
    }

    private static boolean contains(List<byte[]> packets, byte[] packet) {
        return packets.stream().anyMatch(other -> other == packet);
    }

    private static String joined(List<byte[]> fragments) {
        StringBuilder unit = new StringBuilder();
        byte[] first = fragments.getFirst();
        unit.append("%02x".formatted(first[RTP] & 0xe0 | first[RTP + 1] & 0x1f));
        for (byte[] fragment : fragments) {
            int headers = fragment == first ? 4 : 2;
            unit.append(HexFormat.of().formatHex(fragment, RTP + headers, fragment.length));
        }
        return unit.toString();
    }

    private static List<String> split(byte[] packet, int between) {
        List<String> units = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(packet, RTP + 3, packet.length - RTP - 3);
        while (rest.hasRemaining()) {
            byte[] unit = new byte[rest.getShort() & 0xffff];
            rest.position(rest.position() + between);
            rest.get(unit);
            units.add(HexFormat.of().formatHex(unit));
        }
        return units;
    }
}
