package io.mcm.camera.demo;

import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Sixteen bytes that stand for a NAL unit's bytes, so that a capture of any size can be compared without being held in memory. */
final class UnitDigest {

    private final MessageDigest md5;

    UnitDigest() {
        try {
            md5 = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has MD5", e);
        }
    }

    void begin(int header) {
        md5.reset();
        md5.update((byte) header);
    }

    void update(MemorySegment from, long offset, long length) {
        md5.update(from.asSlice(offset, length).asByteBuffer());
    }

    byte[] finish() {
        return md5.digest();
    }
}
