package io.mcm.camera.cli;

import io.mcm.camera.synthetic.FrameRate;
import io.mcm.camera.synthetic.ParameterSetPlacement;
import io.mcm.camera.synthetic.PictureSize;
import io.mcm.camera.synthetic.ResolutionChange;
import io.mcm.camera.synthetic.SyntheticConfig;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What {@code --synthetic} is like. */
final class SyntheticOptions {

    private static final long KILO = 1_000;

    /** A heading in the help needs a group. */
    static final class Pictures {

        @Option(names = "--gop", paramLabel = "N", description = "Pictures from one IDR picture to the next. Default: two seconds.")
        Integer gop;

        @Option(names = "--bitrate", paramLabel = "BITS",
            description = "Bits a second of NAL units, as 4M or 500k: filled up with noise. Without it there is none.")
        String bitrate;

        @Option(names = "--slices", paramLabel = "N", description = "Slices of each picture. Default: 1.")
        int slices = 1;

        @Option(names = "--reorder-pictures", paramLabel = "N",
            description = "Send N pictures after one that is shown later, as B pictures are: 0 to 7. Default: 0.")
        int reorder;

        @Option(names = "--parameter-sets", paramLabel = "once|idr|out-of-band",
            description = "SPS and PPS before the first picture, before every IDR picture, or only in --sdp. Default: idr.")
        String parameterSets = "idr";

        @Option(names = "--change-resolution", paramLabel = "WxH@FRAME", split = ",",
            description = "Pictures of another size from this frame on; several with commas between.")
        List<String> changes = List.of();

        @Option(names = "--frames", paramLabel = "N", description = "Pictures until the stream ends. Default: without end.")
        long frames;

        @Option(names = "--aud", description = "An access unit delimiter begins every access unit.")
        boolean delimiters;
    }

    @ArgGroup(exclusive = false, validate = false, heading = "%nThe pictures of --synthetic:%n")
    private Pictures given;

    /** Whether any of them is there. */
    boolean isGiven() {
        return given != null;
    }

    /**
     * @param text {@code WxH@FPS}
     * @param passes how often the frames asked for are sent; 0 for without end
     * @throws IllegalArgumentException if something is not allowed; the message says what is
     */
    SyntheticConfig config(String text, int passes, long seed) {
        Pictures pictures = given == null ? new Pictures() : given;
        int at = text.indexOf('@');
        if (at < 0) {
            throw new IllegalArgumentException("--synthetic '" + text + "'; expected WIDTHxHEIGHT@FPS, as 1280x720@30");
        }
        PictureSize size = PictureSize.parse(text.substring(0, at));
        FrameRate rate = FrameRate.parse(text.substring(at + 1));
        int gop = pictures.gop != null ? pictures.gop : Math.max(1, (int) Math.round(2 * rate.framesPerSecond()));
        return new SyntheticConfig(size, rate, gop, bits(pictures.bitrate), pictures.slices, pictures.reorder,
            Names.parse(ParameterSetPlacement.class, "--parameter-sets", pictures.parameterSets),
            pictures.changes.stream().map(ResolutionChange::parse).toList(), pictures.frames * passes, pictures.delimiters, seed);
    }

    /** Less than a picture of any size needs; who writes 4 means 4M. */
    private static final long LOWEST_BITRATE = 1_000;
    /** Level 6.2, ITU-T H.264 table A-1. */
    private static final long HIGHEST_BITRATE = 800_000_000;

    private static long bits(String bitrate) {
        if (bitrate == null) {
            return 0;
        }
        String text = bitrate.toLowerCase(Locale.ROOT);
        long unit = text.endsWith("m") ? KILO * KILO : text.endsWith("k") ? KILO : 1;
        try {
            double bits = Double.parseDouble(unit == 1 ? text : text.substring(0, text.length() - 1)) * unit;
            if (bits >= LOWEST_BITRATE && bits <= HIGHEST_BITRATE) {
                return (long) bits;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw new IllegalArgumentException("--bitrate '" + bitrate + "'; allowed are " + LOWEST_BITRATE + " to " + HIGHEST_BITRATE
            + " bits a second, as 4M, 500k or 64000");
    }
}
