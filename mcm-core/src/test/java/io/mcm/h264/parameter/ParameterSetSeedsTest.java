package io.mcm.h264.parameter;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.mcm.FuzzSeeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParameterSetSeedsTest {

    private static final byte[] IDR_SLICE = {0x65, (byte) 0x88, (byte) 0x84, 0, 0x57, (byte) 0xe9, (byte) 0xd7, (byte) 0xad};

    @Test
    void theSeedsAreTheSetsOfTheTable() throws IOException {
        Map<String, byte[]> sequenceSets = new LinkedHashMap<>();
        Map<String, byte[]> pictureSets = new LinkedHashMap<>();
        Map<String, byte[]> slices = new LinkedHashMap<>();
        SetCase.all().forEach(row -> {
            byte[] sps = row.sps().toArray(JAVA_BYTE);
            byte[] pps = row.pps().toArray(JAVA_BYTE);
            sequenceSets.put(row.name(), sps);
            pictureSets.put(row.name(), pps);
            slices.put(row.name(), slice(sps, pps));
        });
        FuzzSeeds.check(ParameterSetFuzzTest.class, "sps", sequenceSets);
        FuzzSeeds.check(ParameterSetFuzzTest.class, "pps", pictureSets);
        FuzzSeeds.check(ParameterSetFuzzTest.class, "slice", slices);
    }

    private static byte[] slice(byte[] sps, byte[] pps) {
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        input.write(sps.length);
        input.writeBytes(sps);
        input.write(pps.length);
        input.writeBytes(pps);
        input.writeBytes(IDR_SLICE);
        return input.toByteArray();
    }
}
