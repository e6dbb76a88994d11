package io.mcm.h264.parameter;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a decoder of length-prefixed NAL units has to know before the first one: the AVCDecoderConfigurationRecord ("avcC",
 * ISO/IEC 14496-15 section 5.3.3.1).
 *
 * <pre>
 *    0          1         2            3       4                5
 *   +----------+---------+------------+-------+--------------+--------------+
 *   | version 1| profile | constraints| level |111111|size -1 |111|SPS count |  { length 16 bits, SPS } ...
 *   +----------+---------+------------+-------+--------------+--------------+
 *   | PPS count |  { length 16 bits, PPS } ...
 *   +-----------+                                                from profile 100 on also:
 *   |111111|chroma format | 11111|luma depth -8 | 11111|chroma depth -8 | SPS extension count 0 |
 *   +---------------------+---------------------+-----------------------+-----------------------+
 * </pre>
 *
 * @param constraints the flags that all sequence parameter sets have, set 0 in the highest of 8 bits
 * @param sizeLength bytes of the size before each unit: 1, 2 or 4
 * @param format chroma format and bit depths; empty below profile 100
 * @param sequenceSets the NAL units, header byte first
 * @param pictureSets the NAL units, header byte first
 */
public record AvcDecoderConfiguration(int profile, int constraints, int level, int sizeLength, Optional<Format> format,
        List<MemorySegment> sequenceSets, List<MemorySegment> pictureSets) {

    private static final int VERSION = 1;
    /** The count has 5 bits. */
    private static final int MAX_SEQUENCE_SETS = 31;
    /** The count has 8 bits. */
    private static final int MAX_PICTURE_SETS = 255;
    private static final int SIZE_LENGTH = 4;
    private static final int RESERVED_6 = 0xfc;
    private static final int RESERVED_5 = 0xf8;
    private static final int RESERVED_3 = 0xe0;
    private static final int COUNT_BITS = 5;
    private static final int MIN_DEPTH = 8;

    /**
     * Chroma and bit depths, in bits.
     *
     * @param chroma see {@link SequenceParameterSet#chromaFormat}
     */
    public record Format(int chroma, int lumaDepth, int chromaDepth) {}

    /**
     * Of the sets that are known: the first sequence set's profile, the highest level.
     *
     * @throws ParameterSetException if there is none that can be read, or more than the record can hold
     */
    public static AvcDecoderConfiguration of(ParameterSets sets) throws ParameterSetException {
        List<MemorySegment> sequenceSets = new ArrayList<>();
        List<MemorySegment> pictureSets = new ArrayList<>();
        sets.forEachSequenceSet(sequenceSets::add);
        sets.forEachPictureSet(pictureSets::add);
        requireCount("sequence", sequenceSets.size(), MAX_SEQUENCE_SETS);
        requireCount("picture", pictureSets.size(), MAX_PICTURE_SETS);
        SequenceParameterSet first = SequenceParameterSet.parse(sequenceSets.getFirst());
        int constraints = first.constraints();
        int level = first.level();
        for (MemorySegment unit : sequenceSets) {
            SequenceParameterSet set = SequenceParameterSet.parse(unit);
            constraints &= set.constraints();
            level = Math.max(level, set.level());
        }
        Optional<Format> format = hasFormat(first.profile())
            ? Optional.of(new Format(first.chromaFormat(), first.lumaDepth(), first.chromaDepth())) : Optional.empty();
        return new AvcDecoderConfiguration(first.profile(), constraints, level, SIZE_LENGTH, format, sequenceSets, pictureSets);
    }

    private static void requireCount(String kind, int count, int max) throws ParameterSetException {
        if (count < 1 || count > max) {
            throw new ParameterSetException("avcC: " + count + " " + kind + " parameter sets; allowed are 1 to " + max);
        }
    }

    private static boolean hasFormat(int profile) {
        return Profile.hasChromaFormat(profile);
    }

    /** The record as it stands in a file. */
    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(VERSION);
        out.write(profile);
        out.write(constraints);
        out.write(level);
        out.write(RESERVED_6 | sizeLength - 1);
        out.write(RESERVED_3 | sequenceSets.size());
        sequenceSets.forEach(set -> write(out, set));
        out.write(pictureSets.size());
        pictureSets.forEach(set -> write(out, set));
        format.ifPresent(value -> write(out, value));
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, MemorySegment set) {
        out.write((int) set.byteSize() >> Byte.SIZE);
        out.write((int) set.byteSize());
        out.writeBytes(set.toArray(ValueLayout.JAVA_BYTE));
    }

    private static void write(ByteArrayOutputStream out, Format format) {
        out.write(RESERVED_6 | format.chroma());
        out.write(RESERVED_5 | format.lumaDepth() - MIN_DEPTH);
        out.write(RESERVED_5 | format.chromaDepth() - MIN_DEPTH);
        out.write(0);
    }

    /**
     * Reads a record; what its end has of profiles that we do not know is not looked at, and a missing format is tolerated, because old
     * writers left it out.
     *
     * @throws ParameterSetException if it is of another version, or a count or a length does not fit
     */
    public static AvcDecoderConfiguration read(byte[] bytes) throws ParameterSetException {
        return new AvcReader(bytes).read();
    }

    /** The bytes one after the other. */
    private static final class AvcReader {

        private final byte[] bytes;
        private int at;

        AvcReader(byte[] bytes) {
            this.bytes = bytes;
        }

        AvcDecoderConfiguration read() throws ParameterSetException {
            int version = u8();
            if (version != VERSION) {
                throw new ParameterSetException("avcC: version " + version + "; allowed is " + VERSION);
            }
            int profile = u8();
            int constraints = u8();
            int level = u8();
            int sizeLength = (u8() & ~RESERVED_6) + 1;
            if (sizeLength == 3) {
                throw new ParameterSetException("avcC: sizes of 3 bytes; allowed are 1, 2 and 4");
            }
            List<MemorySegment> sequenceSets = sets(u8() & (1 << COUNT_BITS) - 1);
            List<MemorySegment> pictureSets = sets(u8());
            Optional<Format> format = hasFormat(profile) && at < bytes.length ? Optional.of(format()) : Optional.empty();
            return new AvcDecoderConfiguration(profile, constraints, level, sizeLength, format, sequenceSets, pictureSets);
        }

        private Format format() throws ParameterSetException {
            return new Format(u8() & ~RESERVED_6, (u8() & ~RESERVED_5) + MIN_DEPTH, (u8() & ~RESERVED_5) + MIN_DEPTH);
        }

        private List<MemorySegment> sets(int count) throws ParameterSetException {
            List<MemorySegment> found = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int length = u8() << Byte.SIZE | u8();
                if (length < 1 || length > bytes.length - at) {
                    throw new ParameterSetException("avcC: a parameter set of " + length + " bytes at " + at + "; allowed are 1 to "
                        + (bytes.length - at));
                }
                found.add(MemorySegment.ofArray(bytes).asSlice(at, length).asReadOnly());
                at += length;
            }
            return found;
        }

        private int u8() throws ParameterSetException {
            if (at == bytes.length) {
                throw new ParameterSetException("avcC: ends after " + bytes.length + " bytes");
            }
            return bytes[at++] & 0xff;
        }
    }
}
