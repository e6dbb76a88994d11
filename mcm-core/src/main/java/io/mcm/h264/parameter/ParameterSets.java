package io.mcm.h264.parameter;

import io.mcm.h264.NalHeader;
import io.mcm.h264.NalType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The parameter sets known of one stream, by kind and id; of two with the same id the later one. Their bytes are kept, and are read
 * once when first asked for. A set that only comes again costs a comparison, no memory. Used by one thread.
 */
public final class ParameterSets {

    /**
     * Bytes of one set; a longer one is refused. It is what the 16-bit size in an STAP-A, in avcC and in RFC 6184's arithmetic can
     * say; the largest PPS that the standard allows (a map of 139,264 slice group ids of 3 bits) takes 52,224.
     */
    public static final int MAX_LENGTH = 65_535;

    private static final int SEQUENCE_ID_OFFSET = NalHeader.LENGTH + 3;
    private static final int PICTURE_ID_OFFSET = NalHeader.LENGTH;

    private final KnownSet[] sequenceSets = new KnownSet[SequenceParameterSet.MAX_ID + 1];
    private final KnownSet[] pictureSets = new KnownSet[PictureParameterSet.MAX_ID + 1];
    private final BitReader bits = new BitReader();
    private int size;
    private long changes;
    private long refused;

    /**
     * Takes a whole NAL unit, of any type; the bytes are copied.
     *
     * @param offset of its header byte
     * @param length 1 or more
     * @return whether the unit is a parameter set that was not known yet
     */
    public boolean accept(MemorySegment from, long offset, int length) {
        int type = NalHeader.type(from.get(ValueLayout.JAVA_BYTE, offset) & 0xff);
        return switch (type) {
            case NalType.SPS -> accept(sequenceSets, SEQUENCE_ID_OFFSET, from, offset, length);
            case NalType.PPS -> accept(pictureSets, PICTURE_ID_OFFSET, from, offset, length);
            default -> false;
        };
    }

    /** See {@link #accept(MemorySegment, long, int)}; an empty unit is ignored. */
    public boolean accept(MemorySegment unit) {
        return unit.byteSize() > 0 && accept(unit, 0, (int) Math.min(unit.byteSize(), Integer.MAX_VALUE));
    }

    private boolean accept(KnownSet[] sets, int idOffset, MemorySegment from, long offset, int length) {
        long id = bits.wrap(from, offset + idOffset, Math.max(0, length - idOffset)).ue();
        if (!bits.isGood() || id >= sets.length || length > MAX_LENGTH) {
            refused++;
            return false;
        }
        KnownSet known = sets[(int) id];
        if (known != null && known.isSame(from, offset, length)) {
            return false;
        }
        size += known == null ? 1 : 0;
        sets[(int) id] = new KnownSet(from, offset, length);
        changes++;
        return true;
    }

    /** Empty where the set never came or breaks the standard. */
    public Optional<SequenceParameterSet> sequenceSet(int id) {
        return Optional.ofNullable(sequenceSetOrNull(id));
    }

    /** Empty where the set never came or breaks the standard. */
    public Optional<PictureParameterSet> pictureSet(int id) {
        return Optional.ofNullable(pictureSetOrNull(id));
    }

    /** The readable ones, by id; most streams have one. */
    public List<SequenceParameterSet> readableSequenceSets() {
        return IntStream.range(0, sequenceSets.length).mapToObj(this::sequenceSetOrNull).filter(Objects::nonNull).toList();
    }

    /** The readable one with the lowest id. Unlike all else any thread may ask: a set's bytes never change, and they are read anew each time. */
    public Optional<SequenceParameterSet> firstSequenceSet() {
        return Arrays.stream(sequenceSets).filter(Objects::nonNull).map(KnownSet::readSequenceSet).flatMap(Optional::stream).findFirst();
    }

    SequenceParameterSet sequenceSetOrNull(int id) {
        return sequenceSets[id] == null ? null : sequenceSets[id].sequenceSet();
    }

    PictureParameterSet pictureSetOrNull(int id) {
        return pictureSets[id] == null ? null : pictureSets[id].pictureSet();
    }

    /** Hands out the bytes of the known sets, header byte first: by id, sequence sets before picture sets, as decoders need them. */
    public void forEach(Consumer<MemorySegment> unit) {
        forEachSequenceSet(unit);
        forEachPictureSet(unit);
    }

    void forEachSequenceSet(Consumer<MemorySegment> unit) {
        forEach(sequenceSets, unit);
    }

    void forEachPictureSet(Consumer<MemorySegment> unit) {
        forEach(pictureSets, unit);
    }

    private static void forEach(KnownSet[] sets, Consumer<MemorySegment> unit) {
        for (KnownSet set : sets) {
            if (set != null) {
                unit.accept(set.unit());
            }
        }
    }

    /** Sets of both kinds that are known, 0 to 288. */
    public int size() {
        return size;
    }

    /** How often a set came that was new or differed from the one with its id. */
    public long changes() {
        return changes;
    }

    /** Sets that were not taken: too long, too short to have an id, or with one that is not allowed. */
    public long refused() {
        return refused;
    }
}
