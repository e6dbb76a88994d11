package io.mcm.conformance.sdk;

import io.mcm.conformance.suite.CaseFailure;
import io.mcm.conformance.suite.ConformanceCase;
import io.mcm.conformance.suite.CouldNotTest;
import io.mcm.conformance.suite.Group;
import io.mcm.conformance.target.OwnProcess;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A receiver on the SDK that is tried, as a command line. It asks the proxy at {@code %HOST%}:{@code %PORT%}, which also stand in the
 * environment as the C SDK has them, for the stream of UDP port {@code %UDP%}, appends every payload that it is given to the file
 * {@code %OUT%}, and on SIGTERM completes that file, ends its session and then itself.
 *
 * @param name for people and reports
 */
public record SdkCommand(String name, List<String> words) {

    private static final String HOST = "%HOST%";
    private static final String PORT = "%PORT%";
    private static final String UDP = "%UDP%";
    private static final String OUT = "%OUT%";
    /** A receiver lives for a second: not worth the better compiler. */
    private static final String QUICK_START = "-XX:TieredStopAtLevel=1";
    /** A run of characters and quoted text without a blank between them. */
    private static final Pattern WORD = Pattern.compile("(?:[^\\s'\"]|'[^']*'|\"[^\"]*\")+");
    private static final Pattern QUOTED = Pattern.compile("'([^']*)'|\"([^\"]*)\"");

    /** Plays a case. */
    @FunctionalInterface
    interface Body {

        /**
         * @throws CaseFailure  where the receiver did wrong
         * @throws CouldNotTest where it cannot be tried with it
         */
        void play(SdkScene sdk) throws Exception;
    }

    public SdkCommand {
        words = List.copyOf(words);
    }

    /** A case that tries this receiver. */
    ConformanceCase tried(String name, String sends, String expects, String why, Body body) {
        return ConformanceCase.of(Group.SDK, name, sends, expects, why, scene -> body.play(scene.keep(new SdkScene(this, scene))));
    }

    /** {@code mcm recv} of this very build. */
    public static SdkCommand ours(String... options) {
        List<String> words = new ArrayList<>(OwnProcess.mcm("recv", "--port", UDP, "--out", OUT));
        words.add(1, QUICK_START);
        words.addAll(List.of(options));
        return new SdkCommand(String.join(" ", "mcm recv", String.join(" ", options)).strip(), words);
    }

    /**
     * Words as a shell has them, with quotes but nothing else of a shell's.
     *
     * @throws IllegalArgumentException for a command line that cannot be one
     */
    public static SdkCommand parse(String text) {
        List<String> words = WORD.matcher(text).results().map(word -> unquoted(word.group())).toList();
        if (words.isEmpty() || !WORD.matcher(text).replaceAll("").isBlank()) {
            throw new IllegalArgumentException("'" + text + "' is no command line: words, with all quotes closed");
        }
        if (!text.contains(UDP) || !text.contains(OUT)) {
            throw new IllegalArgumentException("'" + text + "' must name " + UDP + " and " + OUT + ", and may name " + HOST + " and " + PORT);
        }
        List<String> shown = new ArrayList<>(words);
        shown.set(0, Path.of(words.getFirst()).getFileName().toString());
        return new SdkCommand(String.join(" ", shown), words);
    }

    private static String unquoted(String word) {
        return QUOTED.matcher(word).replaceAll(quoted ->
            Matcher.quoteReplacement(quoted.group(1) != null ? quoted.group(1) : quoted.group(2)));
    }

    List<String> filled(InetSocketAddress control, int udp, Path out) {
        return words.stream().map(word -> word.replace(HOST, control.getAddress().getHostAddress())
            .replace(PORT, String.valueOf(control.getPort())).replace(UDP, String.valueOf(udp)).replace(OUT, out.toString())).toList();
    }
}
