package io.mcm.camera.synthetic;

/**
 * Which picture is coded next: in each GOP the IDR picture, then groups of a picture that others refer to and, after it, the ones that are
 * shown before it and to which none refers.
 *
 * <pre>
 *   two reordered:   coded  0  3 1 2  6 4 5  7      shown 0 1 2 3 4 5 6 7
 * </pre>
 */
final class PictureOrdering {

    private final SyntheticConfig config;
    private int sequence;
    private long number = -1;
    private boolean idr;
    private boolean reference;
    private int frameNumber;
    private long idrNumber;
    private int idrCount;
    /** The last picture that others refer to, and the next of those shown before it. */
    private long anchor = -1;
    private long follower = -1;
    /** One past the GOP's last picture. */
    private long gopEnd;
    private long references;

    PictureOrdering(SyntheticConfig config) {
        this.config = config;
    }

    /** Moves to the next picture in coding order; false at the end. */
    boolean next() {
        if (follower < anchor) {
            return follow();
        }
        return anchor + 1 < gopEnd ? lead() : beginGop();
    }

    private boolean follow() {
        number = follower++;
        idr = false;
        reference = false;
        frameNumber = (int) references;
        return true;
    }

    private boolean lead() {
        follower = anchor + 1;
        anchor = Math.min(anchor + config.reorder() + 1, gopEnd - 1);
        number = anchor;
        idr = false;
        reference = true;
        frameNumber = (int) references++;
        return true;
    }

    private boolean beginGop() {
        long first = gopEnd;
        if (first == config.endOfSequence(sequence)) {
            if (sequence + 1 == config.sequences() || first == config.endOfSequence(sequence + 1)) {
                return false;
            }
            sequence++;
        }
        gopEnd = Math.min(first + config.gop(), config.endOfSequence(sequence));
        number = first;
        anchor = first;
        follower = first;
        idrNumber = first;
        idr = true;
        reference = true;
        frameNumber = 0;
        references = 1;
        idrCount++;
        return true;
    }

    /** Of the picture in output order, from 0. */
    long number() {
        return number;
    }

    /** Which of the stream's sizes it has. */
    int sequence() {
        return sequence;
    }

    boolean isIdr() {
        return idr;
    }

    /** Whether others may refer to it. */
    boolean isReference() {
        return reference;
    }

    /** frame_num, not wrapped. */
    int frameNumber() {
        return frameNumber;
    }

    /** The picture order count: twice the pictures shown since the IDR picture. */
    long order() {
        return 2 * (number - idrNumber);
    }

    /** idr_pic_id: two IDR pictures in a row differ. */
    int idrId() {
        return idrCount & 1;
    }
}
