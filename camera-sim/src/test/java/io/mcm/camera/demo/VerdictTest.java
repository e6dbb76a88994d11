package io.mcm.camera.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.capture.RtpPacketReader;
import io.mcm.capture.RtpStreams;
import io.mcm.capture.StreamSelection;
import io.mcm.h264.AnnexBWriter;
import io.mcm.h264.Depacketizer;
import io.mcm.rtp.ReceiverConfig;
import io.mcm.rtp.RtpReceiver;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictTest {

    private static final Path CAPTURE = Path.of("../pcaps/veth_ff_main_1280x720_2M.pcap");
    private static final Path LOSSY = Path.of("../pcaps/mut_loss0.5_seed10.pcap");
    /** From the manifest. */
    private static final int UNITS = 105;

    private static GroundTruth truth;
    private static byte[] stream;

    @TempDir
    private Path directory;

    @BeforeAll
    static void readTheCapture() throws Exception {
        truth = GroundTruth.of(CAPTURE);
        stream = byteStream(CAPTURE);
    }

    private static byte[] byteStream(Path capture) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RtpReceiver receiver = new RtpReceiver(ReceiverConfig.defaults(), new Depacketizer(new AnnexBWriter(bytes)));
        var selection = StreamSelection.of(RtpStreams.scan(capture), OptionalInt.empty(), OptionalInt.empty());
        try (RtpPacketReader reader = RtpPacketReader.open(capture, selection)) {
            while (reader.next()) {
                receiver.accept(
                    reader.packet().segment(), reader.packet().base(), reader.packet().length(), reader.arrivalNanos());
            }
        }
        receiver.flush();
        return bytes.toByteArray();
    }

    private Verdict verdict(byte[] received, int passes) throws Exception {
        return Verdict.of(Files.write(directory.resolve("received.h264"), received), truth, passes);
    }

    @Test
    void theCapturesOwnUnitsAreGood() throws Exception {
        assertThat(verdict(stream, 1)).isEqualTo(new Verdict(UNITS, UNITS, UNITS, -1)).matches(Verdict::isGood);
    }

    @Test
    void twoPassesNeedTheUnitsTwice() throws Exception {
        byte[] twice = java.util.Arrays.copyOf(stream, 2 * stream.length);
        System.arraycopy(stream, 0, twice, stream.length, stream.length);
        assertThat(verdict(twice, 2)).matches(Verdict::isGood);
        assertThat(verdict(stream, 2)).isEqualTo(new Verdict(2 * UNITS, UNITS, UNITS, UNITS)).matches(v -> !v.isGood());
        assertThat(verdict(twice, 1)).isEqualTo(new Verdict(UNITS, 2 * UNITS, UNITS, UNITS)).matches(v -> !v.isGood());
    }

    @Test
    void oneChangedByteIsFoundInItsUnit() throws Exception {
        byte[] changed = stream.clone();
        changed[changed.length - 1] ^= 0x40;
        assertThat(verdict(changed, 1)).isEqualTo(new Verdict(UNITS, UNITS, UNITS - 1, UNITS - 1)).matches(v -> !v.isGood());
    }

    @Test
    void aCutStreamIsBad() throws Exception {
        assertThat(verdict(java.util.Arrays.copyOf(stream, stream.length / 2), 1)).matches(v -> !v.isGood());
    }

    @Test
    void nothingReceivedIsBadAndSaysHowMuchWasSent() throws Exception {
        assertThat(verdict(new byte[0], 1)).matches(v -> !v.isGood()).hasToString(
            "BAD: 105 NAL units sent, 0 arrived, 0 intact; the first that differs is number 1");
    }

    @Test
    void aCaptureWithLossIsNotRepeated() throws Exception {
        assertThat(truth.isClean()).isTrue();
        assertThat(GroundTruth.of(LOSSY).isClean()).isFalse();
        assertThat(GroundTruth.of(LOSSY).units()).isEqualTo(102);
    }
}
