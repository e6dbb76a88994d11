package io.mcm.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.conformance.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in Chromium, after its script has run. */
@Timeout(300)
class BrowserTest {

    private static final Pattern SHOWN_CASE = Pattern.compile("<details class=\"case[^>]*id=\"case-([^\"]*)\"(?![^>]*hidden)[^>]*>");

    @TempDir
    private Path folder;

    @BeforeEach
    void write() {
        new Report(folder).write(Results.ofEveryVerdict("one"), "./mcm conformance");
        new Report(folder).write(Results.ofEveryVerdict("two"), "./mcm conformance");
    }

    /** The document as it is after loading; {@code hash} is what follows the address's #. */
    private String document(String hash) throws Exception {
        String chromium = Peer.CHROMIUM.require().toString();
        Path out = folder.resolve("dom.html");
        Process browser = new ProcessBuilder(List.of(chromium, "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=" + folder.resolve("profile"),
            "--dump-dom", folder.resolve("index.html").toUri() + "#" + hash)).redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        assertThat(browser.waitFor(100, TimeUnit.SECONDS)).as("Chromium ended").isTrue();
        return Files.readString(out);
    }

    private static List<String> shown(String document) {
        return SHOWN_CASE.matcher(document).results().map(row -> row.group(1)).toList();
    }

    @Test
    void thePageIsBuiltWithARowForEachCaseAndNothingHostileRuns() throws Exception {
        String document = document("case=rtp/bad");
        assertThat(document).contains("data-built=\"whole\"").doesNotContain("data-broken", "<img");
        assertThat(shown(document)).containsExactly("memif/unreachable", "rtp/good", "rtp/bad", "loss/known", "loss/mended");
        assertThat(document.split("<tr id=\"rule-", -1)).hasSizeGreaterThan(300);
    }

    @Test
    void theCaseThatTheAddressNamesIsOpenWithItsEvidence() throws Exception {
        String document = document("case=rtp/bad");
        assertThat(document).contains("&lt;img src=x", "80600001", "NAL unit of type 5", "--select 'rtp/bad' --seed 7", "<svg");
        assertThat(document.split("<svg", -1)).as("of each of two targets").hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        verdict=FAIL                | rtp/bad
        verdict=COULD_NOT_TEST      | memif/unreachable
        group=LOSS                  | loss/known loss/mended
        group=LOSS&text=Old         | loss/known
        level=SHOULD                |
        text=another+host           | memif/unreachable
        """)
    void filtersInTheAddressLeaveTheCasesThatMatch(String hash, String cases) throws Exception {
        assertThat(String.join(" ", shown(document(hash)))).isEqualTo(cases == null ? "" : cases);
    }
}
