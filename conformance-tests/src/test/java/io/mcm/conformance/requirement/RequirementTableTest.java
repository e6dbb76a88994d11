package io.mcm.conformance.requirement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequirementTableTest {

    private static final String MARKDOWN = """
        # A standard

        ## 5.8 A section

        | id | level | binds | rule | tests |
        |---|---|---|---|---|
        | STD-5.8-01 | MUST | receiver | A rule with \\|bars\\|. | `a.XTest#one`, `a.YTest` |
        | STD-5.8-02 | MAY* | both | Another. | |
        | STD-5.8-03 | SHOULD | sender | A third. | not applicable: no sender here |
        """;

    private final RequirementTable table = new RequirementTable("standard.md", MARKDOWN);

    @Test
    void aRowIsARequirement() {
        assertThat(table.requirements()).containsExactly(
            new Requirement("STD-5.8-01", Level.MUST, true, Binds.RECEIVER, "A rule with |bars|.", List.of("a.XTest#one", "a.YTest"),
                ""),
            new Requirement("STD-5.8-02", Level.MAY, false, Binds.BOTH, "Another.", List.of(), ""),
            new Requirement("STD-5.8-03", Level.SHOULD, true, Binds.SENDER, "A third.", List.of(), "no sender here"));
        assertThat(table.requirements().getFirst().source()).isEqualTo("STD");
        assertThat(table.requirements().getFirst().section()).isEqualTo("5.8");
        assertThat(table.requirements()).extracting(Requirement::isApplicable).containsExactly(true, true, false);
    }

    @Test
    void theColumnOfTestsIsMadeAnew() {
        String expected = MARKDOWN.replace("`a.XTest#one`, `a.YTest`", "").replace("tests |  |", "tests | |")
            .replace("bars\\|. |  |", "bars\\|. | |").replace("Another. | |", "Another. | `b.Z#f` |");
        assertThat(table.withTests(Map.of("STD-5.8-02", List.of("b.Z#f"), "STD-5.8-03", List.of("b.Z#g")))).isEqualTo(expected);
    }

    @Test
    void aRowThatIsNoneIsRefusedWithItsText() {
        assertThatThrownBy(() -> new RequirementTable("t.md", "| STD-1-01 | OUGHT | both | Rule. | |").requirements())
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("t.md: | STD-1-01 | OUGHT");
        assertThatThrownBy(() -> new RequirementTable("t.md", "| STD-1-01 | MUST | Rule. | |").requirements())
            .hasMessageContaining("4 cells instead of 5");
    }

    @Test
    void testsAreFoundByTheirTagsAndByTheRowsOfTheirTables(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("SomeTest.java");
        Files.writeString(file, """
            package a.b;
            @Tag("STD-1-01")
            class SomeTest {
                @Test @Tag("STD-1-02") void tagged() { }
                @ParameterizedTest @CsvSource({"x, STD-1-03 and STD-1-04"}) void rows(String row) { }
                static Stream<String> cases() { return Stream.of("STD-1-03", "OTHER-1-01"); }
                @Nested class Inner { @Test @Tags({@Tag("STD-1-05")}) void inner() { } }
            }
            """);
        assertThat(NamedRequirements.in(List.of(file), Set.of("STD"))).isEqualTo(Map.of(
            "STD-1-01", Set.of("b.SomeTest"),
            "STD-1-02", Set.of("b.SomeTest#tagged"),
            "STD-1-03", Set.of("b.SomeTest#rows", "b.SomeTest#cases"),
            "STD-1-04", Set.of("b.SomeTest#rows"),
            "STD-1-05", Set.of("b.SomeTest.Inner#inner")));
    }
}
