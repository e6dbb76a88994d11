package io.mcm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import picocli.CommandLine;

class DepacketizeTest {

    private static final Path PCAPS = Path.of("..", "pcaps");

    @TempDir
    private Path folder;
    private final StringWriter errors = new StringWriter();

    private int depacketize(Path capture, Object... more) {
        CommandLine line = Mcm.commandLine();
        line.setErr(new PrintWriter(errors));
        line.getSubcommands().get("depacketize").setErr(new PrintWriter(errors));
        String[] args = new String[4 + more.length];
        args[0] = "depacketize";
        args[1] = capture.toString();
        args[2] = "--out";
        args[3] = folder.resolve("out.h264").toString();
        for (int i = 0; i < more.length; i++) {
            args[4 + i] = more[i].toString();
        }
        return line.execute(args);
    }

    private static String md5(Path file) throws IOException, NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(Files.readAllBytes(file)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(files = "../pcaps/manifest.csv", numLinesToSkip = 1)
    void everyCaptureGivesTheNalUnitsAndFiguresOfItsManifest(String file, String what, String how, long packets, long lost,
            long duplicated, long reordered, long nalUnits, long accessUnits, String md5) throws Exception {
        Path json = folder.resolve("counted.json");
        assertThat(depacketize(PCAPS.resolve(file), "--json", json)).isEqualTo(ExitCode.GOOD);
        assertThat(md5(folder.resolve("out.h264"))).isEqualTo(md5);
        JsonNode counted = new ObjectMapper().readTree(json.toFile());
        assertThat(counted.get("packets").asLong()).isEqualTo(packets);
        assertThat(counted.get("lost").asLong()).isEqualTo(lost);
        assertThat(counted.get("duplicated").asLong()).isEqualTo(duplicated);
        assertThat(counted.get("reordered").asLong()).isEqualTo(reordered);
        assertThat(counted.get("nal_units").asLong()).isEqualTo(nalUnits);
        assertThat(counted.get("access_units").asLong()).isEqualTo(accessUnits);
        assertThat(counted.get("dropped").get("fu_lost").asLong() > 0).isEqualTo(lost > 0);
    }

    @Test
    void aCutCaptureGivesWhatIsThereAndThenTheError() throws IOException {
        byte[] whole = Files.readAllBytes(PCAPS.resolve("veth_ff_main_1280x720_2M.pcap"));
        Path cut = Files.write(folder.resolve("cut.pcap"), java.util.Arrays.copyOf(whole, 100_000));
        assertThat(depacketize(cut)).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(errors.toString()).contains("cut.pcap: cut in record 75").hasLineCount(1);
        assertThat(Files.size(folder.resolve("out.h264"))).isGreaterThan(50_000);
    }

    @Test
    void argumentMistakesAndMissingFilesAreToldInOneClearLine() {
        assertThat(depacketize(folder.resolve("none.pcap"))).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(errors.toString()).endsWith("none.pcap: no such file" + System.lineSeparator());
        Path good = PCAPS.resolve("veth_ff_main_1280x720_2M.pcap");
        assertThat(depacketize(good, "--ssrc", "0xzz")).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString()).contains("SSRC '0xzz'; allowed are");
        assertThat(depacketize(good, "--port", "70000")).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString()).contains("--port 70000; allowed are 1 to 65535");
        assertThat(depacketize(good, "--ssrc", "0xc2427815", "--port", "22000")).isEqualTo(ExitCode.GOOD);
        assertThat(depacketize(good, "--ssrc", Integer.toUnsignedString(0xc2427815))).isEqualTo(ExitCode.GOOD);
    }
}
