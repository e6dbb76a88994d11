package io.mcm.conformance.capture;

import java.nio.file.Path;

/**
 * A capture, and what its manifest says must come out of it: figures of an independent depacketizer.
 *
 * @param packets   RTP packets in the file, duplicates too
 * @param reordered packets after one with a higher sequence number
 * @param nalUnits  whole NAL units
 * @param md5       of those, each behind 00 00 00 01
 */
public record Capture(Path file, int packets, int lost, int duplicated, int reordered, int nalUnits, int accessUnits, String md5) {

    /** Whether every packet is there once and in its place. */
    public boolean isClean() {
        return lost + duplicated + reordered == 0;
    }

    @Override
    public String toString() {
        return file.getParent().getParent().getFileName() + "/" + file.getFileName();
    }
}
