package io.mcm.perf.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcm.cli.EnvironmentException;
import io.mcm.perf.gate.Finding;
import io.mcm.perf.gate.Judgement;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTest {

    private static final String HOSTILE = "<script>\"it's\" & %STYLE%</script>|\n`x`";

    @TempDir
    private Path folder;

    private String write(Run run, History history, String file) throws IOException {
        new Report(folder).write(run, history);
        return Files.readString(folder.resolve(file));
    }

    @Test
    void jsonHasEveryRoundAndIsReadBackAsItWas() throws IOException {
        Run run = Runs.run(Runs.finding("depacketize/fu-a ratio", 4, 2.5, 2.6, 2.7), Runs.finding("a", 1, 3, 3, 3));
        JsonNode json = new ObjectMapper().readTree(write(run, History.of(run), "result.json"));
        assertThat(json.path("mcm_perf").asInt()).isEqualTo(1);
        assertThat(json.path("judgement").asText()).isEqualTo("FAIL");
        assertThat(json.at("/findings/0/figures").size()).isEqualTo(3);
        assertThat(json.at("/findings/0/at_most").asDouble()).isEqualTo(4);
        assertThat(json.at("/before/core_to_core").asInt()).isEqualTo(50);
        assertThat(RunJson.read(folder.resolve("result.json"))).isEqualTo(run);
    }

    @Test
    void csvHasALineForEachFindingAndQuotesWhatNeedsIt() throws IOException {
        Finding hostile = new Finding("a \"b\", c", Runs.finding("", 4, 2).figure(), 4, Judgement.PASS, List.of(2.0, 2.5), "r");
        Run run = Runs.run(hostile);
        assertThat(write(run, History.of(run), "result.csv").lines().toList()).hasSize(2).last().asString()
            .isEqualTo("\"a \"\"b\"\", c\",PASS,2.0,2.0,2.0,4.0,\"2.0 2.5\",\"r\",2026-01-02T03:04:05Z,\"abc1234\"");
    }

    @Test
    void theSummaryIsATableForAReleaseNote() throws IOException {
        Run run = Runs.run(Runs.finding("depacketize/fu-a ratio", 4, 2.6), Runs.finding("a|b<i>", 1, 1.5));
        String summary = write(run, History.of(run), "summary.md");
        assertThat(summary).startsWith("### Performance gate: fail\n\nWorse than allowed, with their whole interval: 1 of 2 figures.")
            .contains("| depacketize/fu-a ratio | 2.60 (2.60 to 2.60) | 4 | 1 | pass |", "| a\\|b&lt;i> | 1.50 (1.50 to 1.50) | 1 | 1 | fail |");
    }

    @Test
    void nothingThatWasNamedIsTakenForMarkup() throws IOException {
        Finding hostile = new Finding(HOSTILE, Runs.finding("", 4, 2).figure(), 4, Judgement.PASS, List.of(2.0), HOSTILE);
        Run run = new Run("2026-01-02T03:04:05Z", HOSTILE, HOSTILE, Runs.machine(HOSTILE, HOSTILE), Runs.machine(HOSTILE, HOSTILE), List.of(hostile));
        String page = write(run, new History(List.of(run, run), 1), "index.html");
        assertThat(page).doesNotContain("<script", "\"it", "it's").contains("&lt;script&gt;&quot;it&#39;s&quot; &amp; %STYLE%&lt;/script&gt;");
        assertThat(page.split("<style>", -1)).as("one style sheet").hasSize(2);
    }

    @Test
    void thePageNeedsNothingElse() throws IOException {
        Run run = Runs.run(Runs.finding("a", 4, 2));
        String page = write(run, History.of(run), "index.html");
        assertThat(page).contains("default-src 'none'").doesNotContain("http:", "https:", " src=", "url(", "@import", "style=\"", "%BODY%", "%STYLE");
        assertThat(page).contains("<h1>Pass</h1>", "2.00 (2.00 to 2.00), at most 4", "reason of a", "./mcm perf --gate", "One run so far");
    }

    @Test
    void thePageTellsWhatIsLeftOutOfTheTrendAndWhereItChanged() throws IOException {
        List<Run> runs = Runs.history("a", 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3);
        String page = write(runs.getLast(), new History(runs, 4), "index.html");
        assertThat(page).contains("16 runs of this processor", "stored runs of other processors or JDKs, 4.", "times since <code>rev8</code>",
            "class=\"change\"");
    }

    @Test
    void thePictureShowsABreachInItsColour() throws IOException {
        Run run = Runs.run(Runs.finding("a", 4, 6, 6.5, 7), Runs.finding("b", 4, 1));
        write(run, History.of(run), "summary.md");
        BufferedImage picture = ImageIO.read(folder.resolve("plots.png").toFile());
        assertThat(count(picture, 0xb3202c)).isPositive();
        assertThat(count(picture, 0x17713a)).isPositive();
        assertThat(count(picture, 0x7a2fa0)).as("nothing is inconclusive").isZero();
    }

    private static long count(BufferedImage picture, int colour) {
        return java.util.Arrays.stream(picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth()))
            .filter(pixel -> (pixel & 0xff_ffff) == colour).count();
    }

    @Test
    void aHistoryGrowsInTheOrderOfTimeAndLeavesOtherMachinesOut() {
        Finding finding = Runs.finding("a", 4, 2);
        History.append(folder, Runs.run(2, Runs.machine("p", "25"), finding));
        History.append(folder, Runs.run(1, Runs.machine("p", "25"), finding));
        History.append(folder, Runs.run(1, Runs.machine("q", "25"), finding));
        History.append(folder, Runs.run(1, Runs.machine("p", "26"), finding));
        History history = History.append(folder, Runs.run(3, Runs.machine("p", "25"), finding));
        assertThat(history.runs()).extracting(Run::revision).containsExactly("rev1", "rev2", "rev3");
        assertThat(history.elsewhere()).isEqualTo(2);
        assertThat(folder.toFile().list()).hasSize(5).contains("20260103T000000Z-rev2.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{}", "{\"mcm_perf\": 1}", "{\"mcm_perf\": 2, \"findings\": []}"})
    void aFileThatIsNoRunIsNamedAndNothingIsStored(String text) throws IOException {
        Files.writeString(folder.resolve("x.json"), text);
        assertThatThrownBy(() -> History.append(folder, Runs.run(Runs.finding("a", 1, 1)))).isInstanceOf(EnvironmentException.class)
            .hasMessageContaining("x.json is no run of mcm perf --gate");
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void aFolderThatCannotBeIsToldBeforeTheRun() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> new Report(file.resolve("report"))).isInstanceOf(EnvironmentException.class).hasMessageContaining("cannot write a report to");
    }
}
