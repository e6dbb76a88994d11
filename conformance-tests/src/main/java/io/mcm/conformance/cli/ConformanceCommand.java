package io.mcm.conformance.cli;

import io.mcm.cli.Arguments;
import io.mcm.cli.EnvironmentException;
import io.mcm.cli.ExitCode;
import io.mcm.cli.McmCommand;
import io.mcm.cli.StreamOptions;
import io.mcm.conformance.report.Report;
import io.mcm.conformance.run.Outcome;
import io.mcm.conformance.run.Rounds;
import io.mcm.conformance.run.RunResult;
import io.mcm.conformance.run.Runner;
import io.mcm.conformance.run.Verdict;
import io.mcm.conformance.sdk.SdkCatalogue;
import io.mcm.conformance.sdk.SdkCommand;
import io.mcm.conformance.sdk.SdkTarget;
import io.mcm.conformance.suite.Catalogue;
import io.mcm.conformance.suite.ConformanceCase;
import io.mcm.conformance.suite.Profile;
import io.mcm.conformance.target.External;
import io.mcm.conformance.target.OwnProcess;
import io.mcm.conformance.target.Target;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mcm conformance}: holds a proxy to MCM 24.09's protocol, memif, RFC 3550 and RFC 6184. */
@Command(
    name = "conformance",
    description = "Holds a media proxy to MCM 24.09's protocol, memif, RFC 3550 and RFC 6184: ours in a process of its own, or any. "
        + "With --sdk a consumer.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ConformanceCommand implements McmCommand {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final String EVERYTHING = "**";
    private static final String CAPTURES = "pcap/*";
    private static final String OURS = "ours";
    private static final Set<Verdict> ALWAYS_TOLD = EnumSet.of(Verdict.PASS, Verdict.FAIL, Verdict.COULD_NOT_TEST);

    @Spec
    private CommandSpec spec;

    @Option(names = "--target", paramLabel = "HOST:PORT",
        description = "The control address of the proxy to be tried; its memif sockets must be reachable here. Without it ours is started.")
    private String target;

    @Option(names = "--sdk", paramLabel = "COMMAND", arity = "0..1", fallbackValue = OURS,
        description = "Tries a consumer's SDK in place of a proxy: a receiver's command line with %%UDP%% and %%OUT%% in it (README), or ours.")
    private String sdk;

    @Option(names = "--profile", paramLabel = "NAME", defaultValue = "strict",
        description = "mcm-24.09, rfc or strict: how much is demanded (default: ${DEFAULT-VALUE}).")
    private String profile;

    @Option(names = "--select", paramLabel = "GLOB", description = "Cases by id, such as 'rtp/*' (default: all).")
    private String select;

    @Option(names = "--list", description = "Lists the cases and plays none.")
    private boolean list;

    @Option(names = "--describe", paramLabel = "ID", description = "Tells what a case sends, expects and why.")
    private String describe;

    @Mixin
    private RunOptions run;

    @Mixin
    private PcapOptions pcap;

    @Mixin
    private StreamOptions stream;

    private List<ConformanceCase> all;

    @Override
    public Integer call() throws IOException {
        run.check();
        pcap.check(stream);
        Arguments.require(spec, sdk == null || target == null && !pcap.isGiven(), "--sdk tries a consumer: neither --target nor --pcap go with it");
        all = sdk != null ? SdkCatalogue.of(sdkCommand()) : Stream.concat(Catalogue.all().stream(), pcap.cases(stream).stream()).toList();
        select = select != null ? select : pcap.isGiven() ? CAPTURES : EVERYTHING;
        if (describe != null) {
            return describe();
        }
        List<ConformanceCase> cases = selected();
        if (list) {
            cases.forEach(each -> out().printf("%-45s %-9s %s%n", each.id(), each.profile(), String.join(" ", each.requirements())));
            return ExitCode.GOOD;
        }
        return play(cases);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private List<ConformanceCase> selected() {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + select);
        List<ConformanceCase> cases = all.stream().filter(each -> matcher.matches(Path.of(each.id()))).toList();
        Arguments.require(spec, !cases.isEmpty(), "--select '" + select + "' matches no case; --list shows them");
        return cases;
    }

    private int describe() {
        ConformanceCase found = all.stream().filter(each -> each.id().equals(describe)).findFirst().orElse(null);
        Arguments.require(spec, found != null, "--describe " + describe + ": there is no such case; --list shows them");
        out().printf("%s (%s)%n  sends    %s%n  expects  %s%n  why      %s%n  rules    %s%n", found.id(), found.profile(), found.sends(),
            found.expects(), found.why(), String.join(", ", found.requirements()));
        return ExitCode.GOOD;
    }

    private int play(List<ConformanceCase> cases) throws IOException {
        Profile demanded = Arguments.oneOf(spec, "--profile", profile, Profile.values());
        Map<String, String> known = run.expectedFailures(all.stream().map(ConformanceCase::id).collect(Collectors.toSet()));
        Report report = run.report() == null ? null : new Report(run.report());
        List<RunResult> rounds = new ArrayList<>();
        try (Target tried = target()) {
            for (int round = 0; round < run.repeat(); round++) {
                rounds.add(new Runner(tried, demanded, run.seed() + round, known, this::tell).run(cases));
                tell(rounds.getLast());
            }
        }
        RunResult result = Rounds.together(rounds);
        if (report != null) {
            report.write(result, again());
            out().println("report: " + report.page());
        }
        return judge(result);
    }

    private int judge(RunResult result) {
        if (result.outcomes().isEmpty()) {
            throw new EnvironmentException("nothing ran: no case of --select '" + select + "' is demanded by profile " + profile);
        }
        if (!result.judged()) {
            throw new EnvironmentException("nothing could be tested at " + result.target() + ": " + result.facts().trouble());
        }
        return result.isGood() ? ExitCode.GOOD : ExitCode.CHECK_FAILED;
    }

    /** What plays the same again, but for cases and seed. */
    private String again() {
        return "./mcm conformance" + (target == null ? "" : " --target " + target) + (sdk == null ? "" : " --sdk=" + Arguments.quoted(sdk))
            + " --profile " + profile + pcap.again(stream);
    }

    private SdkCommand sdkCommand() {
        try {
            return sdk.equals(OURS) ? SdkCommand.ours() : SdkCommand.parse(sdk);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--sdk " + e.getMessage(), e);
        }
    }

    private Target target() throws IOException {
        if (sdk != null) {
            return new SdkTarget(sdkCommand());
        }
        return target == null ? OwnProcess.ofOurs() : new External(Arguments.address(spec, "--target", target));
    }

    private void tell(Outcome outcome) {
        out().printf("%-16s %s (%.2f s)%n", outcome.verdict(), outcome.tried().id(), outcome.nanos() / NANOS_PER_SECOND);
        if (outcome.verdict() != Verdict.PASS) {
            out().printf("    expected %s%n    got      %s%n", outcome.expected(), outcome.actual());
        }
        out().flush();
    }

    private void tell(RunResult result) {
        out().printf("%s: %s%n%s%n", result.target(), result.facts().describe(), Stream.of(Verdict.values())
            .filter(verdict -> ALWAYS_TOLD.contains(verdict) || result.count(verdict) > 0)
            .map(verdict -> result.count(verdict) + " " + verdict.text()).collect(Collectors.joining(", ")));
        out().flush();
    }
}
