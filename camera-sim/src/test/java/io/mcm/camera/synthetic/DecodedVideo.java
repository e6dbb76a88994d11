package io.mcm.camera.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.camera.MissingTool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What ffmpeg makes of a byte stream: every picture's samples. It must have nothing to complain of. */
record DecodedVideo(byte[] samples, PictureSize size) {

    static DecodedVideo of(byte[] byteStream, PictureSize size, Path folder) throws IOException, InterruptedException {
        return new DecodedVideo(decode(byteStream, folder), size);
    }

    /** Raw 4:2:0, picture after picture. */
    static byte[] decode(byte[] byteStream, Path folder) throws IOException, InterruptedException {
        Path stream = Files.write(folder.resolve("stream.h264"), byteStream);
        Path raw = folder.resolve("pictures.yuv");
        Path said = folder.resolve("ffmpeg.txt");
        // Without autoscale, so that pictures of another size keep it.
        int exit = run(said, "ffmpeg", "-y", "-v", "warning", "-err_detect", "+crccheck+bitstream+buffer+explode", "-f", "h264", "-i", stream.toString(),
            "-f", "rawvideo", "-autoscale", "0", "-fps_mode", "passthrough", raw.toString());
        assertThat(Files.readString(said)).as("ffmpeg -v warning").isEmpty();
        assertThat(exit).isZero();
        return Files.readAllBytes(raw);
    }

    static int run(Path said, String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start().waitFor();
        } catch (IOException e) {
            MissingTool.report(command[0] + " is missing: apt-get install " + command[0]);
            throw new UncheckedIOException(e);
        }
    }

    private int pictureLength() {
        return size.width() * size.height() * 3 / 2;
    }

    int pictures() {
        assertThat(samples.length % pictureLength()).as("bytes that are no whole picture").isZero();
        return samples.length / pictureLength();
    }

    /** What the strip of each picture says, in output order. */
    List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>();
        MemorySegment all = MemorySegment.ofArray(samples);
        for (int picture = 0; picture < pictures(); picture++) {
            numbers.add(NumberStrip.read(all, (long) picture * pictureLength(), size.width(), size.width()));
        }
        return numbers;
    }

    /** Y, Cb and Cr at a sample of luma. */
    List<Integer> colourAt(int picture, int x, int y) {
        int start = picture * pictureLength();
        int luma = size.width() * size.height();
        int chroma = y / 2 * (size.width() / 2) + x / 2;
        return List.of(samples[start + y * size.width() + x] & 0xff, samples[start + luma + chroma] & 0xff,
            samples[start + luma + luma / 4 + chroma] & 0xff);
    }
}
