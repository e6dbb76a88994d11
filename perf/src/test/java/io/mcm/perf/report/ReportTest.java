package io.mcm.perf.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcm.cli.EnvironmentException;
import io.mcm.perf.calibration.CalibrationFigure;
import io.mcm.perf.endtoend.EndToEnd;
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
import org.junit.jupiter.params.provider.CsvSource;
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
        Run run = new Run("2026-01-02T03:04:05Z", HOSTILE, HOSTILE, Runs.machine(HOSTILE, HOSTILE), Runs.machine(HOSTILE, HOSTILE),
            List.of(new CalibrationFigure(HOSTILE, 1, HOSTILE)), List.of(hostile), EndToEnd.NONE);
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

    @Test
    void calibrationsAreStoredWithTheirUnitsAndShown() throws IOException {
        Run run = Runs.run(Runs.finding("a", 4, 2));
        JsonNode json = new ObjectMapper().readTree(write(run, History.of(run), "result.json"));
        assertThat(json.at("/calibration/0").toString()).isEqualTo("{\"name\":\"eventfd <wake-up>\",\"value\":25900.0,\"unit\":\"ns\"}");
        assertThat(folder.resolve("index.html")).content().contains("<td>eventfd &lt;wake-up&gt;</td><td>25,900 ns</td>");
        assertThat(folder.resolve("summary.md")).content().contains("| eventfd &lt;wake-up> | 25900 ns |");
    }

    @Test
    void aRunThatWasStoredBeforeThereWereCalibrationsIsStillRead() throws IOException {
        Run run = Runs.run(Runs.finding("a", 4, 2));
        ObjectNode json = (ObjectNode) new ObjectMapper().readTree(write(run, History.of(run), "result.json"));
        json.remove(List.of("calibration", "end_to_end"));
        Path old = Files.writeString(folder.resolve("old.json"), json.toString());
        assertThat(RunJson.read(old).findings()).isEqualTo(run.findings());
        assertThat(RunJson.read(old).endToEnd()).isEqualTo(EndToEnd.NONE);
    }

    @Test
    void whatWasMeasuredEndToEndIsStoredAndReadBackAsItWas() throws IOException {
        Run run = Runs.run(Runs.endToEnd());
        JsonNode json = new ObjectMapper().readTree(write(run, History.of(run), "result.json"));
        assertThat(json.at("/end_to_end/latency/0/p50_ratio").asDouble()).isEqualTo(4.5);
        assertThat(json.at("/end_to_end/memif/0/messages").asDouble()).isEqualTo(59e6);
        assertThat(RunJson.read(folder.resolve("result.json"))).isEqualTo(run);
    }

    @Test
    void thePageDrawsALineForEachRateAndBurstAndTheirLimits() throws IOException {
        Run run = Runs.run(Runs.endToEnd());
        String page = write(run, History.of(run), "index.html");
        assertThat(page).contains("30 pictures/s", "1000 pictures/s", "99.99 %", "memif, bursts of 64", "ceiling: copies by one thread", "1500 B: 93 GB/s");
        assertThat(page.split("<line class=\"line-0\"", -1)).as("six stretches of seven percentiles, four of five sizes").hasSize(1 + 6 + 4);
        assertThat(page.split("<line class=\"bound\"", -1)).hasSize(1 + 1 + 4);
        assertThat(page).doesNotContain("NaN", "style=\"").contains("<td>270</td><td>4.5</td>");
        assertThat(folder.resolve("summary.md")).content().contains("| 30 pictures/s | 270 | 4.50 | 2700 | 45.00 | 1 of 900 |",
            "| 64 B, bursts of 64 | 59 | 3.78 | 0.15 |");
    }

    @Test
    void everyPointIsWithinItsChart() {
        List<LineChart> charts = List.of(LatencyChart.of(Runs.endToEnd().latency()), ThroughputChart.of(Runs.endToEnd().memif()));
        assertThat(charts).flatExtracting(LineChart::lines).flatExtracting(LineChart.Line::points).hasSizeGreaterThan(20)
            .allSatisfy(point -> assertThat(List.of(point.x(), point.y())).allMatch(at -> at >= 0 && at <= 1));
        assertThat(charts).allSatisfy(chart -> assertThat(chart.up()).hasSizeBetween(2, 5));
        LineChart latency = charts.getFirst();
        assertThat(latency.across()).extracting(LineChart.Tick::at).as("a nine more is as far again")
            .satisfies(at -> assertThat(at.get(3) - at.get(2)).isCloseTo(at.get(2) - at.get(1), within(1e-9)));
    }

    @ParameterizedTest(name = "{0} is between {1} and {2}")
    @CsvSource({"0.7, 0.5, 1", "1, 1, 1", "3, 2, 5", "102.4, 100, 200", "999, 500, 1000"})
    void anAxisEndsWhereAPersonWouldEndIt(double value, double below, double above) {
        assertThat(LineChart.roundBelow(value)).isCloseTo(below, within(1e-9));
        assertThat(LineChart.roundAbove(value)).isCloseTo(above, within(1e-9));
        assertThat(LineChart.decades(below, 1_000)).last().isEqualTo(1_000.0);
    }

    @Test
    void thePictureHasTheCharts() throws IOException {
        Run without = Runs.run(Runs.finding("a", 4, 2));
        write(without, History.of(without), "summary.md");
        int height = ImageIO.read(folder.resolve("plots.png").toFile()).getHeight();
        Run run = Runs.run(Runs.endToEnd());
        write(run, History.of(run), "summary.md");
        BufferedImage picture = ImageIO.read(folder.resolve("plots.png").toFile());
        assertThat(picture.getHeight()).isGreaterThan(height + 2 * LineChartPicture.HEIGHT);
        assertThat(count(picture, 0x0b62c4)).as("the first line of each").isGreaterThan(1_000);
        assertThat(count(picture, 0x0a7d6c)).as("the third rate").isGreaterThan(500);
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
