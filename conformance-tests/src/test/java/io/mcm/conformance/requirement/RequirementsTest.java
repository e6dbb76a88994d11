package io.mcm.conformance.requirement;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.conformance.Checkout;
import io.mcm.conformance.sdk.SdkCatalogue;
import io.mcm.conformance.sdk.SdkCommand;
import io.mcm.conformance.suite.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of requirements say the truth about the tests, and no MUST is without one. */
class RequirementsTest {

    private static final Path FOLDER =
        Checkout.ROOT.resolve("conformance-tests/src/main/resources/io/mcm/conformance/requirements");
    private static final String WRITE = "mcm.requirements.write";

    private static final List<Requirement> ALL = Requirements.all();
    private static final Set<String> SOURCES = ALL.stream().map(Requirement::source).collect(Collectors.toSet());
    private static final SortedMap<String, SortedSet<String>> NAMED = named();

    /** Tests, and cases of {@code mcm conformance}, which {@link io.mcm.conformance.run.ConformanceSuiteTest} and {@link io.mcm.conformance.sdk.SdkSuiteTest} play. */
    private static SortedMap<String, SortedSet<String>> named() {
        SortedMap<String, SortedSet<String>> named = NamedRequirements.in(NamedRequirements.testSources(SOURCES), SOURCES);
        Stream.concat(Catalogue.all().stream(), SdkCatalogue.of(SdkCommand.ours()).stream()).forEach(each ->
            each.requirements().forEach(id -> named.computeIfAbsent(id, _ -> new TreeSet<>()).add("case " + each.id())));
        return named;
    }

    static List<String> tables() {
        return Requirements.TABLES;
    }

    @Test
    void noMustIsWithoutATest() {
        List<String> untested = ALL.stream()
            .filter(rule -> rule.level() == Level.MUST && rule.isApplicable() && !NAMED.containsKey(rule.id()))
            .map(rule -> rule.id() + " " + rule.rule()).toList();
        assertThat(untested).as("MUSTs that no test names: tag one with @Tag(\"ID\")").isEmpty();
    }

    @Test
    void everyIdThatATestNamesIsARequirementThatApplies() {
        Set<String> applying = ALL.stream().filter(Requirement::isApplicable).map(Requirement::id).collect(Collectors.toSet());
        assertThat(applying).as("ids that tests name").containsAll(NAMED.keySet());
    }

    @ParameterizedTest
    @MethodSource("tables")
    void theColumnOfTestsIsWhatTheSourcesSay(String table) throws IOException {
        Path file = FOLDER.resolve(table);
        String expected = Requirements.table(table).withTests(NAMED);
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(file, expected);
        }
        assertThat(Files.readString(file)).as("%s; -Dtest=RequirementsTest -D%s=true rewrites it", file, WRITE).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void everyIdTellsItsTableAndItsSection(String table) throws IOException {
        String section = "";
        int number = 0;
        for (String line : Files.readAllLines(FOLDER.resolve(table))) {
            if (line.startsWith("## ")) {
                section = line.split(" ")[1];
                number = 0;
            } else if (line.startsWith("| RFC") || line.startsWith("| MEMIF") || line.startsWith("| MCM")) {
                String source = table.replace(".md", "").replace("mcm-control", "mcm").toUpperCase();
                assertThat(line).startsWith("| %s-%s-%02d |".formatted(source, section, ++number));
            }
        }
    }

    @Test
    void noIdStandsTwice() {
        assertThat(ALL).extracting(Requirement::id).doesNotHaveDuplicates();
    }

    @Test
    void everyTableIsLoaded() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(Requirements.TABLES);
        }
    }
}
