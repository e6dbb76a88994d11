package io.mcm.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcm.cli.EnvironmentException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class ReportTest {

    @TempDir
    private Path folder;

    private Path report;

    @BeforeEach
    void write() {
        report = folder.resolve("not/yet/there");
        new Report(report).write(Results.ofEveryVerdict("127.0.0.1:8002"), "./mcm conformance --target 127.0.0.1:8002");
    }

    private Element junit() throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.resolve("junit.xml").toFile()).getDocumentElement();
    }

    private JsonNode json() throws Exception {
        return new ObjectMapper().readTree(report.resolve("result.json").toFile());
    }

    @Test
    void junitHasASuiteForEachGroupThatWasPlayed() throws Exception {
        assertThat(junit().getElementsByTagName("testsuite").getLength()).isEqualTo(3);
        assertThat(junit().getElementsByTagName("testcase").getLength()).isEqualTo(5);
    }

    @Test
    void junitCountsWhatIsBadAsFailureAndWhatWasNotJudgedAsSkipped() throws Exception {
        assertThat(junit().getAttribute("failures")).isEqualTo("2");
        assertThat(junit().getAttribute("skipped")).isEqualTo("2");
        assertThat(junit().getElementsByTagName("failure").getLength()).isEqualTo(2);
        assertThat(junit().getElementsByTagName("skipped").getLength()).isEqualTo(2);
        assertThat(junit().getAttribute("time")).isEqualTo("7.500");
    }

    @Test
    void whatAHostileProxySaidIsTextInJunit() throws Exception {
        Element failure = (Element) junit().getElementsByTagName("failure").item(0);
        String told = Results.HOSTILE.replaceAll("[\\x00\\x1b\\x{d800}]", "\ufffd");
        assertThat(failure.getAttribute("message")).isEqualTo("expected a NAL unit, got " + told);
        assertThat(failure.getElementsByTagName("*").getLength()).isZero();
    }

    @Test
    void jsonTellsHowToPlayExactlyOneCaseAgain() throws Exception {
        assertThat(json().at("/cases/1/again").asText())
            .isEqualTo("./mcm conformance --target 127.0.0.1:8002 --select 'rtp/bad' --seed 7");
    }

    @Test
    void jsonHasBytesAsHexAndDecoded() throws Exception {
        JsonNode packet = json().at("/cases/0/evidence/0");
        assertThat(packet.get("kind").asText()).isEqualTo("PACKET");
        assertThat(packet.get("hex").asText()).isEqualTo("80600001");
        assertThat(packet.get("length").asInt()).isEqualTo(4);
        assertThat(json().at("/cases/0/evidence/1/text").asText()).isEqualTo("NAL unit of type 5");
    }

    @Test
    void aSecondTargetIsAColumnMoreAndTheSameTargetReplacesItsOwn() throws Exception {
        new Report(report).write(Results.ofEveryVerdict("other proxy"), "./mcm conformance");
        new Report(report).write(Results.ofEveryVerdict("other proxy"), "./mcm conformance");
        String page = Files.readString(report.resolve("index.html"));
        assertThat(page.split("\"mcm_conformance\":1", -1)).hasSize(3);
        assertThat(json().get("target").asText()).isEqualTo("other proxy");
    }

    @Test
    void aForeignFileAmongTheResultsIsNamed() throws Exception {
        Files.writeString(report.resolve("result-mine.json"), "{}");
        assertThatThrownBy(() -> new Report(report).write(Results.ofEveryVerdict("x"), ""))
            .isInstanceOf(EnvironmentException.class).hasMessageContaining("result-mine.json is no result of mcm conformance");
    }

    @Test
    void aFileInTheFoldersPlaceIsNamed() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> new Report(file)).isInstanceOf(EnvironmentException.class).hasMessageContaining(file.toString());
    }

    @Test
    void nothingThatATargetSaidStandsInThePageAsMarkup() throws Exception {
        String page = Files.readString(report.resolve("index.html"));
        assertThat(page).doesNotContain("<img", "</script><!--").contains("\\u003cimg src=x");
        assertThat(page.split("</script>", -1)).hasSize(3);
    }

    @Test
    void thePageNeedsNothingFromElsewhere() throws Exception {
        String page = Files.readString(report.resolve("index.html"));
        assertThat(page).contains("default-src 'none'").doesNotContain("src=\"", "@import", "url(");
    }
}
