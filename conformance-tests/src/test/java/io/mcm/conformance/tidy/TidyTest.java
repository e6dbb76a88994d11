package io.mcm.conformance.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The house rules that a machine can hold. */
class TidyTest {

    private static final Pattern MARKDOWN_LINK = Pattern.compile("\\]\\(([^)\\s#]+)(#[^)]*)?\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
    /** Folders of one person or one machine. */
    private static final Pattern MACHINE_PATH = Pattern.compile("(?<![\\w.])/(" + "home|root|Users|work|farm" + ")/");

    @Test
    void javaFilesKeepTheHouseRules() throws IOException {
        List<Path> files = Project.files(".java");
        List<String> breaches = new ArrayList<>();
        for (Path file : files) {
            breaches.addAll(JavaRules.breaches(Project.name(file), Files.readString(file)));
        }
        assertThat(files).hasSizeGreaterThan(20);
        assertThat(breaches).isEmpty();
    }

    @Test
    void linksInMarkdownPointToFilesThatExist() {
        List<String> dead = new ArrayList<>();
        for (Path file : Project.files(".md")) {
            for (String line : Project.lines(file)) {
                Matcher link = MARKDOWN_LINK.matcher(line);
                while (link.find()) {
                    String target = link.group(1);
                    if (!ELSEWHERE.matcher(target).matches() && !Files.exists(file.resolveSibling(target))) {
                        dead.add(Project.name(file) + ": " + target);
                    }
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void noFileNamesAPathOfOneMachine() {
        List<String> named = new ArrayList<>();
        for (Path file : Project.files(".java", ".md", ".xml", ".sh", ".csv", ".json", ".yml", ".config", "mcm", "run")) {
            Project.lines(file).stream().filter(line -> MACHINE_PATH.matcher(line).find())
                .forEach(line -> named.add(Project.name(file) + ": " + line.strip()));
        }
        assertThat(named).isEmpty();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
        mcm-core/src/main/java/X.java | package io.mcm.rtp; class X { long t() { return System.nanoTime(); } } | System.nanoTime()
        mcm-core/src/main/java/X.java | package io.mcm.memif.wire; class X { { System.currentTimeMillis(); } } | currentTimeMillis()
        mcm-core/src/main/java/X.java | package io.mcm.proxy; class X { { Thread.sleep(1); } }                 | Thread.sleep()
        mcm-core/src/main/java/X.java | package io.mcm.proxy; class X { { System.out.println(); } }            | System.out
        mcm-core/src/main/java/X.java | package io.mcm.sdk; class X { void f(Error e) { e.printStackTrace(); } } | printStackTrace()
        mcm-core/src/main/java/X.java | package io.mcm.util; class X { }                                       | package io.mcm.util
        mcm-core/src/main/java/X.java | package io.mcm.sdk; class RingHelper { }                               | class RingHelper
        """)
    void aBreachIsFound(String file, String text, String what) {
        assertThat(JavaRules.breaches(file, text)).hasSize(1).first().asString().contains(what).contains("instead");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        mcm-core/src/main/java/X.java     | package io.mcm.rtp; class X { java.util.function.LongSupplier clock = System::nanoTime; }
        mcm-core/src/main/java/X.java     | package io.mcm.cli; class X { { System.out.println(); } }
        camera-sim/src/main/java/X.java   | package io.mcm.camera.cli; class X { { System.out.println(); } }
        mcm-core/src/main/java/Idle.java  | package io.mcm.proxy; class Idle { { Thread.sleep(1); } }
        mcm-core/src/test/java/X.java     | package io.mcm.memif; class X { { Thread.sleep(System.nanoTime()); } }
        """)
    void whatIsAllowedIsNotABreach(String file, String text) {
        assertThat(JavaRules.breaches(file, text)).isEmpty();
    }

    @Test
    void aLongMethodAndALongFileAreFound() {
        String method = "class X { void f() {" + "\n".repeat(JavaRules.MAX_METHOD_LINES) + "} }";
        assertThat(JavaRules.breaches("X.java", method)).singleElement().asString().contains("f has 71 lines, at most 70");
        String file = "class X {" + "\n".repeat(JavaRules.MAX_FILE_LINES) + "}";
        assertThat(JavaRules.breaches("X.java", file)).singleElement().asString().contains("501 lines, at most 500");
    }
}
