package io.mcm.conformance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Packages point one way, and the command line stays in {@code cli}. */
class PackageOrderTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.mcm.conformance");

    @Test
    void noPackageDependsOnItselfThroughOthers() {
        assertThat(CLASSES).hasSizeGreaterThan(30);
        slices().matching("io.mcm.conformance.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyCliKnowsTheCommandLine() {
        noClasses().that().resideOutsideOfPackage("io.mcm.conformance.cli..").should().dependOnClassesThat()
            .resideInAnyPackage("picocli..", "io.mcm.conformance.cli..").check(CLASSES);
    }
}
