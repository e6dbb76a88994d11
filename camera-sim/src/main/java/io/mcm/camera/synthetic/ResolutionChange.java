package io.mcm.camera.synthetic;

/**
 * From a frame on the pictures are of another size: a new sequence and an IDR picture.
 *
 * @param frame 1 and more
 */
public record ResolutionChange(PictureSize size, long frame) {

    public ResolutionChange {
        if (frame < 1) {
            throw new IllegalArgumentException("change of resolution at frame " + frame + "; allowed are 1 and more");
        }
    }

    /** @param text {@code 640x360@100} */
    public static ResolutionChange parse(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            throw new IllegalArgumentException("change of resolution '" + text + "'; expected WIDTHxHEIGHT@FRAME, as 640x360@100");
        }
        try {
            return new ResolutionChange(PictureSize.parse(text.substring(0, at)), Long.parseLong(text.substring(at + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("change of resolution '" + text + "'; the frame must be a number", e);
        }
    }
}
