package io.mcm.camera.impair;

import io.mcm.camera.impair.Impairment.BitErrors;
import io.mcm.camera.impair.Impairment.BurstLoss;
import io.mcm.camera.impair.Impairment.Delay;
import io.mcm.camera.impair.Impairment.Drift;
import io.mcm.camera.impair.Impairment.Duplicate;
import io.mcm.camera.impair.Impairment.Jitter;
import io.mcm.camera.impair.Impairment.Loss;
import io.mcm.camera.impair.Impairment.RateLimit;
import io.mcm.camera.impair.Impairment.Reorder;
import io.mcm.camera.impair.Impairment.ReorderLimits;
import io.mcm.camera.impair.Impairment.Restart;
import io.mcm.camera.impair.Impairment.SequenceJump;
import io.mcm.camera.impair.Impairment.Silence;
import io.mcm.camera.impair.Impairment.SsrcChange;
import io.mcm.camera.impair.Impairment.Stall;
import io.mcm.camera.impair.Impairment.TimestampJump;
import io.mcm.camera.impair.Impairment.Truncate;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The impairments by the names that the command line and scenarios call them, and how each is written. */
public enum ImpairmentKind {
    LOSS("P", Loss.class, value -> new Loss(value.number(0))),
    BURST_LOSS("P:LENGTH", BurstLoss.class, value -> BurstLoss.of(value.number(0), value.number(1))),
    GILBERT_ELLIOTT("TO_BAD:TO_GOOD[:IN_GOOD[:IN_BAD]]", BurstLoss.class, value ->
        new BurstLoss(value.number(0), value.number(1), value.number(2, 0), value.number(3, Impairment.ALL))),
    REORDER("P[:DISTANCE|LEAST-MOST]", Reorder.class, ImpairmentKind::reorder),
    DUPLICATE("P", Duplicate.class, value -> new Duplicate(value.number(0))),
    DELAY("MS", Delay.class, value -> new Delay(value.number(0))),
    JITTER("MS[:DISTRIBUTION[:keeps-order]]", Jitter.class, value ->
        new Jitter(value.number(0), Distribution.parse(value.text(1, "uniform")), value.is(2, "keeps-order"))),
    RATE_LIMIT("MBIT[:QUEUE_MS[:BURST_BYTES]]", RateLimit.class, value ->
        new RateLimit(value.number(0), value.number(1, RateLimit.USUAL_QUEUE_MILLIS), value.integer(2, 0))),
    BIT_ERRORS("RATE|P%[:packet]", BitErrors.class, ImpairmentKind::bitErrors),
    TRUNCATE("P[:BYTES]", Truncate.class, value -> new Truncate(value.number(0), value.integer(1, 0))),
    DRIFT("PPM", Drift.class, value -> new Drift(value.number(0))),
    STALL("", Stall.class, _ -> new Stall()),
    SILENCE("", Silence.class, _ -> new Silence()),
    SSRC_CHANGE("", SsrcChange.class, _ -> new SsrcChange()),
    RESTART("", Restart.class, _ -> new Restart()),
    TIMESTAMP_JUMP("TICKS", TimestampJump.class, value -> new TimestampJump(value.integer(0))),
    SEQUENCE_JUMP("NUMBERS", SequenceJump.class, value -> new SequenceJump(value.integer(0)));

    private final String syntax;
    private final Class<? extends Impairment> type;
    private final Function<Setting, Impairment> parser;

    ImpairmentKind(String syntax, Class<? extends Impairment> type, Function<Setting, Impairment> parser) {
        this.syntax = syntax;
        this.type = type;
        this.parser = parser;
    }

    private static Reorder reorder(Setting value) {
        String[] distance = value.text(1, "1-" + ReorderLimits.USUAL_DISTANCE).split("-", 2);
        int least = Setting.integer(distance[0]);
        return new Reorder(value.number(0), least, distance.length == 1 ? least : Setting.integer(distance[1]));
    }

    private static BitErrors bitErrors(Setting value) {
        String rate = value.text(0);
        boolean whole = value.is(1, "packet");
        return rate.endsWith("%")
            ? new BitErrors(0, Setting.number(rate.substring(0, rate.length() - 1)), whole)
            : new BitErrors(Setting.number(rate), 0, whole);
    }

    /**
     * Reads what stands after the name.
     *
     * @throws IllegalArgumentException if it makes no sense; the message has name, value and what is allowed
     */
    public Impairment parse(String text) {
        try {
            return parser.apply(new Setting(text, syntax));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(this + " '" + text + "': " + e.getMessage(), e);
        }
    }

    /** How the value is written; empty where there is none. */
    public String syntax() {
        return syntax;
    }

    /** Whether it happens once and is not on for a while. */
    public boolean isEvent() {
        return Impairment.Event.class.isAssignableFrom(type);
    }

    /** As options and scenarios name it: {@code burst-loss}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static ImpairmentKind of(Impairment impairment) {
        return Arrays.stream(values()).filter(kind -> kind.type.isInstance(impairment)).findFirst().orElseThrow();
    }

    /** @throws IllegalArgumentException if there is none of that name; the message has all names */
    public static ImpairmentKind named(String name) {
        return Arrays.stream(values()).filter(kind -> kind.toString().equals(name)).findFirst().orElseThrow(() ->
            new IllegalArgumentException("'" + name + "' is no impairment; allowed are "
                + Arrays.stream(values()).map(ImpairmentKind::toString).collect(Collectors.joining(", "))));
    }
}
