package io.mcm.camera.synthetic;

import java.util.List;

/**
 * What a synthetic stream is like.
 *
 * @param gop pictures from one IDR picture to the next, 1 and more
 * @param bitsPerSecond what the NAL units together shall take, filled up with noise; 0 adds none
 * @param slices of each picture, 1 up to its rows of macroblocks
 * @param reorder pictures that are sent after a later one that they refer to, as B pictures are: 0 to {@value #MAX_REORDER} in a row
 * @param changes of the size, in order of their frames, {@value #MAX_CHANGES} at most
 * @param frames pictures until the stream ends; 0 is without end
 * @param delimiters whether every access unit begins with an access unit delimiter
 * @param seed of the noise
 */
public record SyntheticConfig(PictureSize size, FrameRate rate, int gop, long bitsPerSecond, int slices, int reorder,
        ParameterSetPlacement parameterSets, List<ResolutionChange> changes, long frames, boolean delimiters, long seed) {

    /** Two seconds at 25 frames a second, as many cameras have it. */
    public static final int DEFAULT_GOP = 50;
    public static final int MAX_REORDER = 7;
    /** Each size has a parameter set id of its own, of which there are 32 (H.264 section 7.4.2.1.1). */
    public static final int MAX_CHANGES = 31;

    public SyntheticConfig {
        require(gop >= 1, "GOP of " + gop + " pictures; allowed are 1 and more");
        require(bitsPerSecond >= 0, "bit rate of " + bitsPerSecond + "; allowed are 0 (no noise) and more");
        require(reorder >= 0 && reorder <= MAX_REORDER, reorder + " reordered pictures; allowed are 0 to " + MAX_REORDER);
        require(frames >= 0, frames + " frames; allowed are 0 (without end) and more");
        require(changes.size() <= MAX_CHANGES, changes.size() + " changes of resolution; allowed are up to " + MAX_CHANGES);
        changes = List.copyOf(changes);
        requireSlices(size, slices);
        long before = 0;
        for (ResolutionChange change : changes) {
            requireSlices(change.size(), slices);
            require(change.frame() > before, "change of resolution at frame " + change.frame() + " after one at frame " + before);
            before = change.frame();
        }
        requireRoom(size, rate, bitsPerSecond);
        changes.forEach(change -> requireRoom(change.size(), rate, bitsPerSecond));
    }

    /** One slice, a GOP of two seconds, parameter sets before each IDR picture, no noise, no end. */
    public static SyntheticConfig of(PictureSize size, FrameRate rate) {
        return new SyntheticConfig(size, rate, DEFAULT_GOP, 0, 1, 0, ParameterSetPlacement.IDR, List.of(), 0, false, 1);
    }

    private static void requireSlices(PictureSize size, int slices) {
        require(slices >= 1 && slices <= size.rows(),
            slices + " slices; a picture of " + size + " allows 1 to its " + size.rows() + " rows of macroblocks");
    }

    private static void requireRoom(PictureSize size, FrameRate rate, long bitsPerSecond) {
        long most = RateControl.mostBitsPerSecond(new Scene(size).noiseCapacity(), rate);
        require(bitsPerSecond <= most,
            "bit rate of " + bitsPerSecond + "; pictures of " + size + " have room for up to " + most + " bits a second");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** How many sizes the stream has, one after the other. */
    int sequences() {
        return 1 + changes.size();
    }

    /** The n-th size. */
    PictureSize size(int sequence) {
        return sequence == 0 ? size : changes.get(sequence - 1).size();
    }

    /** The first frame that is not of the n-th size any more. */
    long endOfSequence(int sequence) {
        long end = frames == 0 ? Long.MAX_VALUE : frames;
        return sequence < changes.size() ? Math.min(end, changes.get(sequence).frame()) : end;
    }

    public SyntheticConfig withGop(int gop) {
        return new SyntheticConfig(size, rate, gop, bitsPerSecond, slices, reorder, parameterSets, changes, frames, delimiters, seed);
    }

    public SyntheticConfig withBitsPerSecond(long bitsPerSecond) {
        return new SyntheticConfig(size, rate, gop, bitsPerSecond, slices, reorder, parameterSets, changes, frames, delimiters, seed);
    }

    public SyntheticConfig withSlices(int slices) {
        return new SyntheticConfig(size, rate, gop, bitsPerSecond, slices, reorder, parameterSets, changes, frames, delimiters, seed);
    }

    public SyntheticConfig withReorder(int reorder) {
        return new SyntheticConfig(size, rate, gop, bitsPerSecond, slices, reorder, parameterSets, changes, frames, delimiters, seed);
    }

    public SyntheticConfig withParameterSets(ParameterSetPlacement placement) {
        return new SyntheticConfig(size, rate, gop, bitsPerSecond, slices, reorder, placement, changes, frames, delimiters, seed);
    }

    public SyntheticConfig withChanges(List<ResolutionChange> changes) {
        return new SyntheticConfig(size, rate, gop, bitsPerSecond, slices, reorder, parameterSets, changes, frames, delimiters, seed);
    }

    public SyntheticConfig withFrames(long frames) {
        return new SyntheticConfig(size, rate, gop, bitsPerSecond, slices, reorder, parameterSets, changes, frames, delimiters, seed);
    }

    public SyntheticConfig withDelimiters(boolean delimiters) {
        return new SyntheticConfig(size, rate, gop, bitsPerSecond, slices, reorder, parameterSets, changes, frames, delimiters, seed);
    }
}
