package io.mcm.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The folder of captures and its manifest say the same. */
class ManifestTest {

    private static final long MOST_BYTES = 5_000_000;

    @Test
    void everyCaptureHasItsRowAndEveryRowItsCapture() throws IOException {
        List<String> rows = Files.readAllLines(Captures.own("manifest.csv"));
        assertThat(rows.getFirst()).isEqualTo(
            "file,what,how,packets,lost,duplicated,reordered,nal_units,access_units,annexb_md5,lossless,bytes");
        try (Stream<Path> files = Files.list(Captures.own(""))) {
            assertThat(rows.stream().skip(1).map(row -> row.substring(0, row.indexOf(',')))).containsExactlyInAnyOrderElementsOf(
                files.map(file -> file.getFileName().toString()).filter(name -> name.contains(".pcap")).toList());
        }
        long total = 0;
        for (String row : rows.subList(1, rows.size())) {
            String name = row.substring(0, row.indexOf(','));
            long bytes = Long.parseLong(row.substring(row.lastIndexOf(',') + 1));
            assertThat(Files.size(Captures.own(name))).as(name).isEqualTo(bytes);
            total += bytes;
        }
        assertThat(total).isLessThan(MOST_BYTES);
    }
}
