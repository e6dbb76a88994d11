package io.mcm.conformance.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/** What a Java file of this project must not contain, each with what to do instead. */
final class JavaRules {

    /** The cap of the project's style; the aim is 100. */
    static final int MAX_FILE_LINES = 500;
    /** The cap of the project's style; the aim is 8. */
    static final int MAX_METHOD_LINES = 70;

    private static final Set<String> EMPTY_WORDS = Set.of("util", "utils", "common", "helper", "helpers", "manager", "impl");
    private static final Pattern EMPTY_TYPE = Pattern.compile(".*(Utils?|Common|Helpers?|Manager|Impl)");
    private static final Pattern WITHOUT_A_CLOCK = Pattern.compile("io\\.mcm\\.(rtp|h264|memif)(\\..*)?");

    /** Where a call is not allowed, and what stands in its place. */
    private record Ban(Pattern use, BiPredicate<String, String> where, String instead) {}

    private static final List<Ban> BANS = List.of(
        new Ban(Pattern.compile("System\\.(out|err)"), (file, name) -> !isCommand(name) && !isTest(file),
            "log through System.Logger; only commands print"),
        new Ban(Pattern.compile("(.*\\.)?printStackTrace\\(\\)"), (file, name) -> !isCommand(name),
            "log the exception, or show its message"),
        new Ban(Pattern.compile("Thread\\.sleep\\(\\)"), (file, name) -> !isCommand(name) && !isTest(file) && !isIdle(file),
            "take an idle strategy or a clock as a parameter"),
        new Ban(Pattern.compile("System\\.(nanoTime|currentTimeMillis)\\(\\)"),
            (file, name) -> WITHOUT_A_CLOCK.matcher(name).matches() && !isTest(file),
            "take the time as a parameter, or a LongSupplier"));

    private JavaRules() {}

    /** Every breach in the file, as {@code file:line: what, what instead}. */
    static List<String> breaches(String file, String text) {
        JavaSource source = JavaSource.parse(file, text);
        List<String> found = new ArrayList<>();
        lengths(file, text, source, found);
        names(file, source, found);
        for (JavaSource.Use use : source.uses()) {
            BANS.stream()
                .filter(ban -> ban.use().matcher(use.text()).matches() && ban.where().test(file, source.packageName()))
                .forEach(ban -> found.add(file + ":" + use.line() + ": " + use.text() + ", instead: " + ban.instead()));
        }
        return found;
    }

    private static void lengths(String file, String text, JavaSource source, List<String> found) {
        long lines = text.lines().count();
        if (lines > MAX_FILE_LINES) {
            found.add(file + ": " + lines + " lines, at most " + MAX_FILE_LINES + ", instead: two classes, each with one purpose");
        }
        source.methods().stream().filter(method -> method.lines() > MAX_METHOD_LINES).forEach(method -> found.add(
            file + ": " + method.name() + " has " + method.lines() + " lines, at most " + MAX_METHOD_LINES + ", instead: named steps"));
    }

    private static void names(String file, JavaSource source, List<String> found) {
        for (String part : source.packageName().split("\\.")) {
            if (EMPTY_WORDS.contains(part)) {
                found.add(file + ": package " + source.packageName() + ", instead: a name that says what it holds");
            }
        }
        source.types().stream().filter(type -> EMPTY_TYPE.matcher(type).matches()).forEach(type ->
            found.add(file + ": class " + type + ", instead: a name that says what it is"));
    }

    private static boolean isCommand(String packageName) {
        return packageName.matches("io\\.mcm\\.(.+\\.)?cli(\\..*)?");
    }

    private static boolean isTest(String file) {
        return file.contains("src/test/");
    }

    private static boolean isIdle(String file) {
        return file.matches(".*/\\w*Idle\\w*\\.java");
    }
}
