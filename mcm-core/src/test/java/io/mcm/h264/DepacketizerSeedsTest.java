package io.mcm.h264;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.FuzzSeeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DepacketizerSeedsTest {

    /** Tolerant, no declared mode, depth 3; see {@link DepacketizerFuzzTest}. */
    private static final int CONFIG = 3 << 3 | 3 << 1;
    private static final int MARKER = 1;
    private static final int NEXT_TIMESTAMP = 2;

    @Test
    void theSeedsAreThePacketsOfTheTables() throws IOException {
        Map<String, byte[]> seeds = new LinkedHashMap<>();
        PayloadCase.all().forEach(row -> seeds.put(row.name(), input(row.payloads(), List.of())));
        InterleavedCase.all().forEach(row -> seeds.put(row.name(),
            input(row.packets().stream().map(packet -> PayloadCase.hex(packet.split(" ")[1])).toList(), row.packets())));
        assertThat(seeds).hasSizeGreaterThan(15);
        FuzzSeeds.check(DepacketizerFuzzTest.class, "anyPayloads", seeds);
    }

    private static byte[] input(List<byte[]> payloads, List<String> packets) {
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        input.write(CONFIG);
        for (int i = 0; i < payloads.size(); i++) {
            boolean marker = packets.isEmpty() ? i == payloads.size() - 1 : packets.get(i).split(" ")[0].endsWith("M");
            input.write((marker ? MARKER : 0) | (i > 0 && !packets.isEmpty() ? NEXT_TIMESTAMP : 0));
            input.write(payloads.get(i).length);
            input.writeBytes(payloads.get(i));
        }
        return input.toByteArray();
    }
}
