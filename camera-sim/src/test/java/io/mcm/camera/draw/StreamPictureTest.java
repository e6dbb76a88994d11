package io.mcm.camera.draw;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.capture.CaptureException;
import io.mcm.capture.RtpStreams;
import io.mcm.capture.StreamSelection;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamPictureTest {

    private static final Path PCAPS = Path.of("..", "pcaps");
    private static final String CLEAN = "veth_ff_main_1280x720_2M.pcap";
    private static final String LOSSY = "mut_loss0.5_seed10.pcap";
    /** Inside the first plot, below the smallest packet: no dot covers a mark. */
    private static final int IN_PACKETS = 420;
    private static final int LEFT = 110;
    private static final int RIGHT = 1_570;

    @TempDir
    private Path folder;

    private static BufferedImage draw(String file) throws CaptureException {
        return StreamPicture.draw(PCAPS.resolve(file), selection(file));
    }

    private static StreamSelection selection(String file) throws CaptureException {
        return StreamSelection.of(RtpStreams.scan(PCAPS.resolve(file)), OptionalInt.empty(), OptionalInt.empty());
    }

    private static int count(BufferedImage image, Color colour) {
        int count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                count += image.getRGB(x, y) == colour.getRGB() ? 1 : 0;
            }
        }
        return count;
    }

    @Test
    void lossesAreMarkedWhereTheyWereAndNowhereElse() throws CaptureException {
        BufferedImage image = draw(LOSSY);
        TreeSet<Integer> marks = new TreeSet<>();
        for (int x = LEFT + 1; x < RIGHT; x++) {
            if (image.getRGB(x, IN_PACKETS) == StreamPicture.LOST.getRGB()) {
                marks.add(x);
            }
        }
        StreamSeries series = StreamSeries.read(PCAPS.resolve(LOSSY), selection(LOSSY));
        List<Integer> gaps = series.gaps().stream()
            .map(gap -> (int) Math.round(LEFT + (double) gap.nanos() / series.durationNanos() * (RIGHT - LEFT))).toList();
        assertThat(gaps).hasSize(3);
        gaps.forEach(x -> assertThat(marks.subSet(x - 2, x + 3)).as("a mark at %d", x).isNotEmpty());
        marks.forEach(x -> assertThat(gaps).as("the mark at %d is a gap", x).anyMatch(gap -> Math.abs(gap - x) <= 2));
        assertThat(count(draw(CLEAN), StreamPicture.LOST)).as("the legend alone").isEqualTo(144);
        assertThat(count(image, StreamPicture.LOST)).isGreaterThan(500);
    }

    @Test
    void packetsHaveTheColourOfWhatTheyCarry() throws CaptureException {
        BufferedImage image = draw(CLEAN);
        assertThat(count(image, UnitColour.IDR_SLICE.colour())).isGreaterThan(2_000);
        assertThat(count(image, UnitColour.SLICE.colour())).isGreaterThan(10_000);
        assertThat(count(image, UnitColour.PARAMETER_SET.colour())).as("these are aggregated: the legend alone").isEqualTo(144);
        assertThat(count(image, UnitColour.AGGREGATE.colour())).isGreaterThan(144);
    }

    @ParameterizedTest
    @CsvSource({CLEAN + ", 399, 0, 50", LOSSY + ", 396, 3, 50", "veth_ip6frag-mtu1280_ff_640x480_1M.pcap, 0, 0, 0",
        "gst_openh264_dynslice1300_640x480.pcap, 0, 0, 0"})
    void theSeriesHasEveryPacketGapAndAccessUnit(String file, int packets, int gaps, int pictures) throws CaptureException {
        StreamSeries series = StreamSeries.read(PCAPS.resolve(file), selection(file));
        assertThat(series.count()).isEqualTo((int) selection(file).packets());
        if (packets > 0) {
            assertThat(series.count()).isEqualTo(packets);
            assertThat(series.gaps()).hasSize(gaps);
            assertThat(series.pictures()).hasSize(pictures);
        }
        BufferedImage image = draw(file);
        assertThat(image.getWidth()).isEqualTo(StreamPicture.WIDTH);
        assertThat(image.getHeight()).isEqualTo(StreamPicture.HEIGHT);
    }

    @Test
    void theFileIsAPng() throws IOException {
        Path file = folder.resolve("stream.png");
        BufferedImage image = draw(CLEAN);
        StreamPicture.write(image, file);
        BufferedImage read = ImageIO.read(file.toFile());
        assertThat(read.getWidth()).isEqualTo(StreamPicture.WIDTH);
        assertThat(read.getRGB(800, 300)).isEqualTo(image.getRGB(800, 300));
    }

    @Test
    void ticksAreRoundAndWithinTheScale() {
        assertThat(Scale.upTo(1.885, 0, 100).ticks(12)).hasSizeBetween(8, 13).startsWith(0.0, 0.2);
        assertThat(Scale.roundedUpTo(1_472, 5, 0, 100).ticks(5)).containsExactly(0.0, 500.0, 1_000.0, 1_500.0);
        assertThat(Scale.logarithmic(0.001, 57, 0, 100).ticks(5)).containsExactly(0.001, 0.01, 0.1, 1.0, 10.0, 100.0);
        assertThat(Scale.upTo(0, 0, 100).pixel(0)).isZero();
        assertThat(List.of(Scale.text(1_500), Scale.text(0.05), Scale.text(0.001), Scale.text(2.5))).containsExactly("1,500", "0.05", "0.001", "2.5");
    }
}
