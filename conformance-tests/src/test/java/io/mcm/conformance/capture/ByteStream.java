package io.mcm.conformance.capture;

import io.mcm.h264.AnnexB;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A file of NAL units behind start codes. */
public record ByteStream(byte[] bytes) {

    public static ByteStream read(Path file) throws IOException {
        return new ByteStream(Files.readAllBytes(file));
    }

    public String md5() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has MD5", e);
        }
    }

    /** Each compares by its bytes. */
    public List<ByteBuffer> nalUnits() {
        List<ByteBuffer> units = new ArrayList<>();
        AnnexB walk = new AnnexB(MemorySegment.ofArray(bytes));
        while (walk.next()) {
            units.add(ByteBuffer.wrap(bytes, (int) walk.offset(), walk.length()));
        }
        return units;
    }
}
