package io.mcm.conformance.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcm.cli.Mcm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every capture straight through {@code rtp} and {@code h264}, held against figures that are not our own. */
class CapturesTest {

    private static final long MAX_BYTES = 5_000_000;

    @TempDir
    private Path folder;

    static List<Capture> all() {
        return Captures.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void depacketizeGivesTheManifestsBytesAndCounts(Capture capture) throws IOException {
        Path out = folder.resolve("out.h264");
        Path json = folder.resolve("out.json");
        int exitCode = Mcm.commandLine().execute(
            "depacketize", capture.file().toString(), "--out", out.toString(), "--json", json.toString());
        assertThat(exitCode).isZero();
        JsonNode counts = new ObjectMapper().readTree(json.toFile());
        Capture found = new Capture(capture.file(), counts.get("packets").asInt(), counts.get("lost").asInt(),
            counts.get("duplicated").asInt(), capture.reordered(), counts.get("nal_units").asInt(), counts.get("access_units").asInt(),
            ByteStream.read(out).md5());
        assertThat(found).isEqualTo(capture);
        assertThat(ByteStream.read(out).nalUnits()).hasSize(capture.nalUnits());
    }

    @Test
    void everyFileInTheFolderHasItsRowInTheManifest() throws IOException {
        try (Stream<Path> files = Files.list(Captures.FOLDER)) {
            List<Path> captures = files.filter(file -> file.toString().matches(".*\\.pcap(ng)?")).toList();
            assertThat(Captures.ours()).extracting(Capture::file).containsExactlyInAnyOrderElementsOf(captures);
        }
    }

    @Test
    void theFolderStaysSmall() throws IOException {
        long bytes = 0;
        for (Capture capture : Captures.ours()) {
            bytes += Files.size(capture.file());
        }
        assertThat(bytes).isPositive().isLessThanOrEqualTo(MAX_BYTES);
    }
}
