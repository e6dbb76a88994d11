package io.mcm.h264;

import io.mcm.h264.parameter.ParameterSets;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The beginnings of the first and of the last slice of an access unit, for when it is in doubt whether the next slice belongs to it.
 * Nearly always it is not, so slice headers are read only then.
 */
final class RememberedSlices {

    /** More than the longest slice header up to redundant_pic_cnt: some 20 Exp-Golomb codes (H.264 section 7.3.3). */
    private static final int BEGINNING_LENGTH = 64;

    private final PictureStart picture;
    private final Beginning first = new Beginning();
    private final Beginning last = new Beginning();

    RememberedSlices(ParameterSets sets) {
        picture = new PictureStart(sets);
    }

    /** The next slice is the first of its access unit. */
    void forget() {
        first.length = -1;
        last.length = -1;
    }

    void add(int header, MemorySegment from, long offset, int length) {
        (first.length < 0 ? first : last).keep(header, from, offset, length);
    }

    /** Whether a unit of a slice's type is of another picture than the remembered ones. */
    boolean isNewPicture(int header, MemorySegment from, long offset, int length) {
        recall();
        return picture.startsWith(header, from, offset, length);
    }

    /** Whether the unit says that it is of the same picture as the remembered ones; partitions B and C say nothing. */
    boolean isSamePicture(int header, MemorySegment from, long offset, int length) {
        recall();
        return picture.continuesWith(header, from, offset, length);
    }

    private void recall() {
        picture.forget();
        first.tell(picture);
        last.tell(picture);
    }

    private static final class Beginning {

        private final MemorySegment bytes = Arena.ofAuto().allocate(BEGINNING_LENGTH);
        private int header;
        private int length = -1;

        private void keep(int header, MemorySegment from, long offset, int length) {
            this.header = header;
            this.length = Math.min(length, BEGINNING_LENGTH);
            MemorySegment.copy(from, offset, bytes, 0, this.length);
        }

        private void tell(PictureStart picture) {
            if (length >= 0) {
                picture.slice(header, bytes, 0, length);
            }
        }
    }
}
