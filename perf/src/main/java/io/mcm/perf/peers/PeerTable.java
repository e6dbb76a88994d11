package io.mcm.perf.peers;

import io.mcm.perf.gate.Environment;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Plays matches one after the other; a row each, also of the peer that is not installed. */
public final class PeerTable {

    private static final String HEADER = "| work | peer | ours | peer's | unit | ours / peer's | goal | |\n|---|---|---|---|---|---|---|---|";

    private final PrintWriter out;

    public PeerTable(PrintWriter out) {
        this.out = out;
    }

    /**
     * Prints the table.
     *
     * @param select matches whose work or peer contains it
     * @return whether there were any
     */
    public boolean run(String select, int rounds) throws IOException, InterruptedException {
        List<Match> matches = List.of(new DepacketizeMatch(rounds), new RawRingMatch(rounds), new ShmMatch(rounds), new UdpMatch(rounds)).stream()
            .filter(match -> (match.work() + " " + match.peer()).contains(select)).toList();
        out.printf("%s; medians of %d rounds%n%n%s%n", Environment.now().describe(), rounds, HEADER);
        for (Match match : matches) {
            out.println(row(match));
            out.flush();
        }
        out.printf(Locale.ROOT, "%nat the end: %s%n", Environment.now().describe());
        return !matches.isEmpty();
    }

    static String row(Match match) throws IOException, InterruptedException {
        if (match.missing().isPresent()) {
            return "| %s | %s | - | - | - | - | %s | not installed: apt-get install %s |".formatted(match.work(), match.peer(), match.goal(),
                match.missing().get());
        }
        return row(match, match.play());
    }

    static String row(Match match, Match.Played played) {
        return String.format(Locale.ROOT, "| %s | %s | %s | %s | %s | %.3g | %s | %s%s |", match.work(), match.peer(), number(played.ours()),
            number(played.theirs()), played.unit(), played.ratio(), match.goal(), verdict(match, played),
            played.note().isEmpty() ? "" : "; " + played.note());
    }

    private static String verdict(Match match, Match.Played played) {
        if (!played.counts()) {
            return "undecided";
        }
        return match.goal().isMet(played.ratio()) ? "met" : "missed";
    }

    private static String number(double figure) {
        return String.format(Locale.ROOT, figure >= 100 ? "%.0f" : "%.3g", figure);
    }
}
