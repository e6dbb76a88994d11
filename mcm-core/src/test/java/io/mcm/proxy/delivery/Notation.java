package io.mcm.proxy.delivery;

import io.mcm.h264.NalHeader;
import io.mcm.h264.NalUnitOrigin;
import io.mcm.h264.NalUnitSink;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Streams as short words, which tests read and write.
 *
 * <pre>
 *   A S P E   access unit delimiter, SPS, PPS, SEI        I s   IDR slice, other slice; I+ s+ not the first of their picture
 *   x         a slice that never becomes whole            |     the access unit ends
 *   !         a packet is lost                            R     another stream follows
 * </pre>
 */
final class Notation {

    private static final Map<String, byte[]> UNITS = Map.of(
        "A", new byte[] {0x09, 0x10},
        "S", new byte[] {0x67, 0x42, 0x10, 0x1e, (byte) 0x80},
        "P", new byte[] {0x68, (byte) 0xce},
        "E", new byte[] {0x06, 0x05},
        "N", new byte[] {0x6e, 0x01},
        "I", new byte[] {0x65, (byte) 0x88},
        "I+", new byte[] {0x65, 0x08},
        "s", new byte[] {0x41, (byte) 0x9a},
        "s+", new byte[] {0x41, 0x1a});

    private static final Map<String, String> WORDS =
        UNITS.entrySet().stream().collect(Collectors.toMap(unit -> HexFormat.of().formatHex(unit.getValue()), Map.Entry::getKey));
    private static final String START_CODE = "00000001";

    private Notation() {}

    /** Sends words, each unit with the next sequence number; {@code afterEach} runs behind every word. */
    static void send(String words, NalUnitSink sink, Runnable afterEach) {
        int sequence = 0;
        for (String word : words.trim().split(" +")) {
            switch (word) {
                case "|" -> sink.endAccessUnit();
                case "!" -> sink.lost(1);
                case "R" -> sink.endStream();
                case "x" -> {
                    begin(sink, sequence++, UNITS.get("s"));
                    sink.abandon();
                }
                default -> {
                    begin(sink, sequence++, UNITS.get(word));
                    sink.end();
                }
            }
            afterEach.run();
        }
    }

    private static void begin(NalUnitSink sink, int sequence, byte[] unit) {
        sink.begin(NalUnitOrigin.of(sequence, 0, 0), unit[0]);
        sink.append(MemorySegment.ofArray(unit), NalHeader.LENGTH, unit.length - NalHeader.LENGTH);
    }

    /** The bytes of a unit. */
    static MemorySegment unit(String word) {
        return MemorySegment.ofArray(UNITS.get(word).clone());
    }

    /** One unit of what was delivered, as words. */
    static String words(String hex) {
        List<String> words = new ArrayList<>();
        for (String unit : hex.split(START_CODE)) {
            if (!unit.isEmpty()) {
                words.add(WORDS.get(unit));
            }
        }
        return String.join(" ", words);
    }
}
