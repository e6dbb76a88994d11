package io.mcm;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package may know which. Whoever adds a package gives it its place here. */
class PackageOrderTest {

    private static final String ROOT = "io.mcm.";
    private static final JavaClasses CORE =
        new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.mcm");

    /** A package and those that it may import. */
    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
        Map.entry("metric", Set.of()),
        Map.entry("foreign", Set.of("metric")),
        Map.entry("memif", Set.of("metric", "foreign")),
        Map.entry("rtp", Set.of("metric")),
        Map.entry("h264", Set.of("metric", "rtp")),
        Map.entry("sdp", Set.of("h264")),
        Map.entry("rtsp", Set.of("metric", "h264", "sdp")),
        Map.entry("capture", Set.of("metric", "rtp", "h264")),
        Map.entry("ingest", Set.of("metric", "foreign")),
        Map.entry("control", Set.of("metric")),
        Map.entry("proxy", Set.of("metric", "foreign", "memif", "rtp", "h264", "sdp", "rtsp", "ingest", "control")),
        Map.entry("sdk", Set.of("metric", "foreign", "memif", "control")),
        Map.entry("cli", Set.of("metric", "foreign", "memif", "rtp", "h264", "sdp", "rtsp", "capture", "ingest", "control", "proxy", "sdk")));

    static Stream<String> packages() {
        return MAY_IMPORT.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void importsOnlyWhatItMay(String name) {
        List<String> forbidden = packages().filter(other -> !other.equals(name) && !MAY_IMPORT.get(name).contains(other)).toList();
        if (forbidden.isEmpty()) {
            return;
        }
        noClasses().that().resideInAPackage(tree(name))
            .should().dependOnClassesThat().resideInAnyPackage(forbidden.stream().map(PackageOrderTest::tree).toArray(String[]::new))
            .allowEmptyShould(true)
            .check(CORE);
    }

    @Test
    void everyPackageHasItsPlace() {
        assertThat(CORE).isNotEmpty().allSatisfy(type -> assertThat(MAY_IMPORT).containsKey(topPackage(type.getPackageName())));
    }

    /** The contract stands alone, and each engine knows nothing but it. */
    @Test
    void memifEnginesDoNotKnowEachOther() {
        noClasses().that().resideInAPackage("io.mcm.memif").should().dependOnClassesThat().resideInAnyPackage("io.mcm.memif.*..").check(CORE);
        noClasses().that().resideInAPackage("io.mcm.memif.builtin").should().dependOnClassesThat()
            .resideInAnyPackage("io.mcm.memif.libmemif").check(CORE);
        noClasses().that().resideInAPackage("io.mcm.memif.libmemif").should().dependOnClassesThat()
            .resideInAnyPackage("io.mcm.memif.builtin").allowEmptyShould(true).check(CORE);
    }

    /** The syntax of parameter sets and slices is below the packets that carry them. */
    @Test
    void parameterSetsKnowNothingOfRtp() {
        noClasses().that().resideInAPackage("io.mcm.h264.parameter").should().dependOnClassesThat().resideInAPackage("io.mcm.rtp..").check(CORE);
        noClasses().that().resideInAPackage("io.mcm.h264.parameter").should().dependOnClassesThat(
            resideInAPackage("io.mcm.h264").and(not(simpleName("NalHeader").or(simpleName("NalType"))))).check(CORE);
    }

    /** What a consumer gets stands apart from the sockets and threads that bring it. */
    @Test
    void deliveryDoesNotKnowTheProxy() {
        noClasses().that().resideInAPackage("io.mcm.proxy.delivery").should().dependOnClassesThat()
            .resideInAnyPackage("io.mcm.proxy", "io.mcm.ingest..", "io.mcm.foreign..").check(CORE);
    }

    private static String tree(String name) {
        return ROOT + name + "..";
    }

    private static String topPackage(String packageName) {
        return packageName.startsWith(ROOT) ? packageName.substring(ROOT.length()).split("\\.")[0] : packageName;
    }
}
