package io.mcm.camera.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.camera.MissingTool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** An independent decoder sees exactly the pictures that were meant. */
class DecodedPicturesTest {

    private static final int FRAMES = 40;
    private static final FrameRate RATE = new FrameRate(25, 1);

    @TempDir
    private Path folder;

    private static SyntheticConfig config(int width, int height) {
        return SyntheticConfig.of(new PictureSize(width, height), RATE).withGop(15).withFrames(FRAMES);
    }

    static final List<SyntheticConfig> CONFIGS = List.of(
        config(128, 96),
        config(130, 98),
        config(242, 112),
        config(322, 182).withSlices(4),
        config(320, 240).withSlices(15),
        config(640, 360).withReorder(1),
        config(640, 360).withReorder(2).withSlices(4).withBitsPerSecond(3_000_000),
        config(640, 360).withReorder(7).withGop(5),
        config(640, 360).withGop(1),
        config(1280, 720).withBitsPerSecond(4_000_000),
        config(1280, 720).withBitsPerSecond(20_000_000).withSlices(4),
        config(1918, 1078).withDelimiters(true).withParameterSets(ParameterSetPlacement.ONCE),
        config(96 + 128, 1920));

    @ParameterizedTest
    @FieldSource("CONFIGS")
    void theDecodedPicturesTellTheirNumbersInOrder(SyntheticConfig config) throws IOException, InterruptedException {
        DecodedVideo video = DecodedVideo.of(Units.of(config, Integer.MAX_VALUE).byteStream(), config.size(), folder);
        assertThat(video.numbers()).isEqualTo(IntStream.range(0, FRAMES).boxed().toList());
    }

    @ParameterizedTest
    @FieldSource("CONFIGS")
    void everyFlatMacroblockHasExactlyItsColour(SyntheticConfig config) throws IOException, InterruptedException {
        DecodedVideo video = DecodedVideo.of(Units.of(config, Integer.MAX_VALUE).byteStream(), config.size(), folder);
        Scene scene = new Scene(config.size());
        byte[] cells = new byte[scene.columns() * scene.rows()];
        for (int picture = 0; picture < FRAMES; picture++) {
            scene.paint(picture, cells);
            for (int row = 0; row < config.size().height() / 16; row++) {
                int flat = config.bitsPerSecond() == 0 ? scene.columns() : scene.flatColumns(row);
                for (int column = 0; column < Math.min(flat, config.size().width() / 16); column++) {
                    Colour colour = Colour.of(cells[row * scene.columns() + column]);
                    List<Integer> meant = List.of(colour.luma(), colour.blue(), colour.red());
                    for (int at : new int[] {0, 5, 15}) {
                        assertThat(video.colourAt(picture, column * 16 + at, row * 16 + 15 - at)).isEqualTo(meant);
                    }
                }
            }
        }
    }

    /** OpenH264 shows pictures as they are coded, so the reordered ones are left to ffmpeg. */
    static final List<SyntheticConfig> IN_CODING_ORDER = CONFIGS.stream().filter(config -> config.reorder() == 0).toList();

    @ParameterizedTest
    @FieldSource("IN_CODING_ORDER")
    void anotherDecoderHasTheSameSamples(SyntheticConfig config) throws IOException, InterruptedException {
        Path said = folder.resolve("gstreamer.txt");
        if (DecodedVideo.run(said, "gst-inspect-1.0", "openh264dec") != 0) {
            MissingTool.report("OpenH264 is missing: apt-get install gstreamer1.0-plugins-bad");
        }
        DecodedVideo video = DecodedVideo.of(Units.of(config, Integer.MAX_VALUE).byteStream(), config.size(), folder);
        Path raw = folder.resolve("openh264.yuv");
        int exit = DecodedVideo.run(said, "gst-launch-1.0", "-q", "filesrc", "location=" + folder.resolve("stream.h264"), "!", "h264parse", "!",
            "openh264dec", "!", "videoconvert", "!", "filesink", "location=" + raw);
        assertThat(Files.readString(said)).isEmpty();
        assertThat(exit).isZero();
        assertThat(withoutPadding(Files.readAllBytes(raw), config.size())).isEqualTo(video.samples());
    }

    /** GStreamer's rows of samples are padded to four bytes, and the luma's to two rows. */
    private static byte[] withoutPadding(byte[] raw, PictureSize size) {
        int stride = size.width() + 3 & ~3;
        int chromaStride = size.width() / 2 + 3 & ~3;
        int length = stride * size.height() + chromaStride * size.height();
        assertThat(raw.length % length).as("bytes that are no whole picture").isZero();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int picture = 0; picture < raw.length; picture += length) {
            for (int row = 0; row < size.height(); row++) {
                out.write(raw, picture + row * stride, size.width());
            }
            for (int row = 0; row < size.height(); row++) {
                out.write(raw, picture + stride * size.height() + row * chromaStride, size.width() / 2);
            }
        }
        return out.toByteArray();
    }

    @Test
    void aChangeOfResolutionIsDecodedInBothSizes() throws IOException, InterruptedException {
        PictureSize before = new PictureSize(640, 360);
        PictureSize after = new PictureSize(320, 182);
        SyntheticConfig config = SyntheticConfig.of(before, RATE).withReorder(2).withFrames(FRAMES)
            .withChanges(List.of(new ResolutionChange(after, 22)));
        byte[] raw = DecodedVideo.decode(Units.of(config, Integer.MAX_VALUE).byteStream(), folder);
        int split = 22 * 640 * 360 * 3 / 2;
        assertThat(new DecodedVideo(java.util.Arrays.copyOf(raw, split), before).numbers())
            .isEqualTo(IntStream.range(0, 22).boxed().toList());
        assertThat(new DecodedVideo(java.util.Arrays.copyOfRange(raw, split, raw.length), after).numbers())
            .isEqualTo(IntStream.range(22, FRAMES).boxed().toList());
    }

    @Test
    void parameterSetsOutOfBandAreAllThatIsMissing() throws IOException, InterruptedException {
        SyntheticConfig config = config(320, 240).withParameterSets(ParameterSetPlacement.OUT_OF_BAND);
        Units units = Units.of(config, Integer.MAX_VALUE);
        assertThat(units.all()).noneMatch(unit -> (unit[0] & 0x1f) == 7 || (unit[0] & 0x1f) == 8);
        List<byte[]> all = Stream.concat(ParameterSetWriter.all(config).stream(), units.all().stream()).toList();
        assertThat(DecodedVideo.of(Units.byteStream(all), config.size(), folder).numbers()).hasSize(FRAMES);
    }
}
