package io.mcm.camera.cli;

import io.mcm.camera.impair.Durations;
import io.mcm.camera.impair.Impairment;
import io.mcm.camera.impair.ImpairmentKind;
import io.mcm.camera.impair.Impairments;
import io.mcm.camera.impair.Phase;
import io.mcm.camera.impair.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is done to the packets on purpose. */
final class ImpairOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** By chance, from the first packet to the last. */
    static final class Always {

        @Option(names = "--loss", paramLabel = "P", description = "Lose P percent of the packets.")
        String loss;

        @Option(names = "--burst-loss", paramLabel = "P:LENGTH",
            description = "Lose P percent of the packets, in bursts of LENGTH packets on average.")
        String burstLoss;

        @Option(names = "--gilbert-elliott", paramLabel = "BAD:GOOD[:IN_GOOD[:IN_BAD]]",
            description = "The same by its figures: percent of packets after which a good line is bad and a bad one good, and percent lost"
                + " in each (0 and 100).")
        String gilbertElliott;

        @Option(names = "--reorder", paramLabel = "P[:N[-M]]",
            description = "Hold P percent of the packets back behind N (to M) later ones. Default: 1-3.")
        String reorder;

        @Option(names = "--duplicate", paramLabel = "P", description = "Send P percent of the packets twice.")
        String duplicate;

        @Option(names = "--delay", paramLabel = "MS", description = "Send everything MS milliseconds later.")
        String delay;

        @Option(names = "--jitter", paramLabel = "MS[:KIND]",
            description = "Send each packet later by a time of its own: uniform (0 to MS), normal (around MS/2, 0 to MS), exponential or"
                + " pareto (mean MS, cut at 20 MS). Default: uniform. Packets may overtake each other.")
        String jitter;

        @Option(names = "--jitter-keeps-order", description = "With --jitter: no packet overtakes another.")
        boolean keepsOrder;

        @Option(names = "--rate-limit", paramLabel = "MBIT[:MS[:BYTES]]",
            description = "Send at MBIT Mbit/s at most (IP and UDP headers counted); what would wait longer than MS (100) is dropped;"
                + " BYTES (0) may go at once after a pause.")
        String rateLimit;

        @Option(names = "--bit-errors", paramLabel = "RATE|P%[:packet]",
            description = "Flip bits of the payload: RATE of all bits (1e-6), or one bit in P percent of the packets (2%%);"
                + " :packet in headers too.")
        String bitErrors;

        @Option(names = "--truncate", paramLabel = "P[:BYTES]",
            description = "Cut P percent of the packets to BYTES, or anywhere.")
        String truncate;

        @Option(names = "--drift", paramLabel = "PPM",
            description = "The camera's clock runs PPM millionths fast (slow if negative) against its timestamps.")
        String drift;
    }

    /** At a time. */
    static final class Timed {

        @Option(names = "--stall", paramLabel = "AT:FOR", description = "Hold everything for a while, then send it at once: 2s:500ms.")
        List<String> stalls = List.of();

        @Option(names = "--silence", paramLabel = "AT:FOR", description = "Send nothing for a while.")
        List<String> silences = List.of();

        @Option(names = "--ssrc-change", paramLabel = "AT", description = "Change the SSRC, and nothing else.")
        List<String> ssrcChanges = List.of();

        @Option(names = "--restart", paramLabel = "AT", description = "Begin anew, as a rebooted camera: SSRC, sequence, timestamp.")
        List<String> restarts = List.of();

        @Option(names = "--timestamp-jump", paramLabel = "AT:TICKS", description = "Move the timestamps from then on.")
        List<String> timestampJumps = List.of();

        @Option(names = "--sequence-jump", paramLabel = "AT:N", description = "Leave out N sequence numbers, or go back.")
        List<String> sequenceJumps = List.of();
    }

    @ArgGroup(exclusive = false, validate = false, heading = "%nA bad network, by seeded chance:%n")
    private Always always = new Always();

    @ArgGroup(exclusive = false, validate = false, heading = "%nA bad camera, at a time of its stream (each may be given again):%n")
    private Timed timed = new Timed();

    /** Of both. */
    static final class Run {

        @Option(names = "--scenario", paramLabel = "FILE",
            description = "A time line of any of these (YAML); it counts before the options. Examples: camera-sim/scenarios.")
        Path scenario;

        @Option(names = "--seed", paramLabel = "S",
            description = "Of all chance: the same seed makes the same choices. Default: 1.")
        long seed = 1;

        @Option(names = "--truth", paramLabel = "FILE",
            description = "What was done to every packet, as JSON lines: the ground truth for what a receiver must deliver.")
        Path truth;
    }

    @ArgGroup(exclusive = false, validate = false, heading = "%nBoth of them:%n")
    private Run run = new Run();

    /** Whether the seed is the user's. */
    boolean isSeedGiven() {
        return spec.commandLine().getParseResult().hasMatchedOption("--seed");
    }

    long seed() {
        return run.seed;
    }

    /** Where the ground truth goes, or null. */
    Path truth() {
        return run.truth;
    }

    /** @throws IOException if the scenario cannot be read */
    Impairments impairments() throws IOException {
        List<Phase> phases = new ArrayList<>();
        addAlways(phases);
        addTimed(phases);
        Impairments all = new Impairments(run.seed, phases);
        return run.scenario == null ? all : all.and(Scenario.read(run.scenario));
    }

    private void addAlways(List<Phase> to) {
        add(to, ImpairmentKind.LOSS, always.loss);
        add(to, ImpairmentKind.BURST_LOSS, always.burstLoss);
        add(to, ImpairmentKind.GILBERT_ELLIOTT, always.gilbertElliott);
        add(to, ImpairmentKind.REORDER, always.reorder);
        add(to, ImpairmentKind.DUPLICATE, always.duplicate);
        add(to, ImpairmentKind.DELAY, always.delay);
        addJitter(to);
        add(to, ImpairmentKind.RATE_LIMIT, always.rateLimit);
        add(to, ImpairmentKind.BIT_ERRORS, always.bitErrors);
        add(to, ImpairmentKind.TRUNCATE, always.truncate);
        add(to, ImpairmentKind.DRIFT, always.drift);
    }

    private void addJitter(List<Phase> to) {
        if (always.keepsOrder && always.jitter == null) {
            throw usage("--jitter-keeps-order needs --jitter");
        }
        if (always.jitter != null) {
            Impairment.Jitter jitter = (Impairment.Jitter) parse(ImpairmentKind.JITTER, always.jitter);
            to.add(Phase.always(new Impairment.Jitter(jitter.millis(), jitter.distribution(), jitter.keepsOrder() || always.keepsOrder)));
        }
    }

    private void addTimed(List<Phase> to) {
        timed.stalls.forEach(text -> to.add(during(ImpairmentKind.STALL, text)));
        timed.silences.forEach(text -> to.add(during(ImpairmentKind.SILENCE, text)));
        timed.ssrcChanges.forEach(text -> to.add(at(ImpairmentKind.SSRC_CHANGE, text)));
        timed.restarts.forEach(text -> to.add(at(ImpairmentKind.RESTART, text)));
        timed.timestampJumps.forEach(text -> to.add(at(ImpairmentKind.TIMESTAMP_JUMP, text)));
        timed.sequenceJumps.forEach(text -> to.add(at(ImpairmentKind.SEQUENCE_JUMP, text)));
    }

    private void add(List<Phase> to, ImpairmentKind kind, String text) {
        if (text != null) {
            to.add(Phase.always(parse(kind, text)));
        }
    }

    private Phase during(ImpairmentKind kind, String text) {
        String[] times = text.split(":", -1);
        if (times.length != 2) {
            throw usage("--" + kind + " '" + text + "'; allowed is AT:FOR, like 2s:500ms");
        }
        long from = time(kind, times[0]);
        return new Phase(parse(kind, ""), from, from + time(kind, times[1]));
    }

    private Phase at(ImpairmentKind kind, String text) {
        String[] parts = text.split(":", 2);
        return new Phase(parse(kind, parts.length == 1 ? "" : parts[1]), time(kind, parts[0]), Phase.FOREVER);
    }

    private long time(ImpairmentKind kind, String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw usage("--" + kind + ": " + e.getMessage());
        }
    }

    private Impairment parse(ImpairmentKind kind, String text) {
        try {
            return kind.parse(text);
        } catch (IllegalArgumentException e) {
            throw usage("--" + e.getMessage());
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
