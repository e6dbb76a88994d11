package io.mcm.perf.memif;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Plays every cell to every implementation in turn, some rounds, and prints medians and ratios as a table. */
public final class Comparison implements AutoCloseable {

    private static final int[] SIZES = {64, 1_500, 16_384, 262_144, 1 << 20};
    private static final double MILLION = 1e6;
    private static final double MICRO = 1e3;

    private final PeerPair ours;
    /** Null where there is no libmemif. */
    private final PeerPair reference;
    private final PeerPair bound;
    private final int rounds;
    private final int millis;
    private final String select;

    private Comparison(PeerPair ours, PeerPair reference, PeerPair bound, int rounds, int millis, String select) {
        this.ours = ours;
        this.reference = reference;
        this.bound = bound;
        this.rounds = rounds;
        this.millis = millis;
        this.select = select;
    }

    /**
     * @param ours the command of a Java peer
     * @param reference the command of a libmemif peer in C; null where there is none
     * @param library what the Java peer binds as a second engine; null where there is none
     * @param select cells whose name contains it are played
     */
    public static Comparison start(
        List<String> ours, List<String> reference, Path library, int rounds, int millis, String select) throws IOException {
        PeerPair builtin = PeerPair.start("builtin", ours);
        if (reference == null) {
            return new Comparison(builtin, null, null, rounds, millis, select);
        }
        List<String> binding = new ArrayList<>(ours);
        binding.add(library.toString());
        return new Comparison(builtin, PeerPair.start("libmemif in C", reference), PeerPair.start("libmemif engine", binding), rounds,
            millis, select);
    }

    /** Prints both tables. */
    public void run(PrintWriter out) throws IOException, InterruptedException {
        warmUp();
        out.println("cores at the start: " + Placement.name(Placement.roundTripNanos()) + "; median of " + rounds + " rounds of "
            + millis + " ms");
        out.println();
        out.println("| one way | builtin M/s | libmemif C M/s | builtin / C | worst, best round | engine / C | copy ceiling M/s | cores |");
        out.println("|---|---|---|---|---|---|---|---|");
        for (Cell cell : cells(false)) {
            out.println(throughput(cell));
            out.flush();
        }
        out.println();
        out.println("| round trip, us | builtin p50 / p99 / p99.9 | libmemif C p50 / p99 / p99.9 | libmemif engine p50 / p99 / p99.9 "
            + "| builtin / C p50, p99.9 | cores |");
        out.println("|---|---|---|---|---|---|");
        for (Cell cell : cells(true)) {
            out.println(roundTrip(cell));
            out.flush();
        }
    }

    private List<Cell> cells(boolean roundTrip) {
        List<Cell> cells = new ArrayList<>();
        for (boolean polling : new boolean[] {true, false}) {
            for (int size : SIZES) {
                if (roundTrip && size <= 1_500) {
                    cells.add(new Cell(size, 1, polling, true));
                } else if (!roundTrip) {
                    cells.add(new Cell(size, 64, polling, false));
                    cells.add(new Cell(size, 1, polling, false));
                }
            }
        }
        return cells.stream().filter(cell -> cell.toString().contains(select)).toList();
    }

    /** The JVM compiles while nobody looks. */
    private void warmUp() throws IOException {
        for (PeerPair pair : bound == null ? List.of(ours) : List.of(ours, bound)) {
            for (boolean polling : new boolean[] {true, false}) {
                pair.play(new Cell(64, 64, polling, false), millis);
                pair.play(new Cell(1_500, 1, polling, false), millis);
                pair.play(new Cell(64, 1, polling, true), millis);
            }
        }
    }

    private String throughput(Cell cell) throws IOException, InterruptedException {
        double[] our = new double[rounds];
        double[] their = new double[rounds];
        double[] ratio = new double[rounds];
        double[] boundRatio = new double[rounds];
        String cores = Placement.name(Placement.roundTripNanos());
        for (int i = 0; i < rounds; i++) {
            our[i] = rate(ours, cell);
            their[i] = rate(reference, cell);
            ratio[i] = our[i] / their[i];
            boundRatio[i] = rate(bound, cell) / their[i];
        }
        return "| %s | %s | %s | %s | %s | %s | %s | %s |".formatted(cell, mega(median(our)), mega(median(their)), two(median(ratio)),
            two(Arrays.stream(ratio).min().orElseThrow()) + ", " + two(Arrays.stream(ratio).max().orElseThrow()),
            two(median(boundRatio)), mega(CopyCeiling.rate(cell, millis)), cores);
    }

    private double rate(PeerPair pair, Cell cell) throws IOException {
        return pair == null ? Double.NaN : pair.play(cell, millis).rate();
    }

    private String roundTrip(Cell cell) throws IOException, InterruptedException {
        Result[] our = new Result[rounds];
        Result[] their = new Result[rounds];
        Result[] bindings = new Result[rounds];
        String cores = Placement.name(Placement.roundTripNanos());
        for (int i = 0; i < rounds; i++) {
            our[i] = ours.play(cell, millis);
            their[i] = reference == null ? Result.NONE : reference.play(cell, millis);
            bindings[i] = bound == null ? Result.NONE : bound.play(cell, millis);
        }
        return "| %s | %s | %s | %s | %s, %s | %s |".formatted(cell, micros(our), micros(their), micros(bindings),
            two(median(ratios(our, their, 50))), two(median(ratios(our, their, 99.9))), cores);
    }

    private static double[] ratios(Result[] our, Result[] their, double percentile) {
        double[] ratios = new double[our.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = percentile == 50 ? (double) our[i].p50() / their[i].p50() : (double) our[i].p999() / their[i].p999();
        }
        return ratios;
    }

    private static String micros(Result[] results) {
        double p50 = median(Arrays.stream(results).mapToDouble(Result::p50).toArray());
        double p99 = median(Arrays.stream(results).mapToDouble(Result::p99).toArray());
        double p999 = median(Arrays.stream(results).mapToDouble(Result::p999).toArray());
        return two(p50 / MICRO) + " / " + two(p99 / MICRO) + " / " + two(p999 / MICRO);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static String mega(double perSecond) {
        return Double.isNaN(perSecond) ? "-" : "%.4g".formatted(perSecond / MILLION);
    }

    private static String two(double value) {
        return Double.isFinite(value) ? "%.2f".formatted(value) : "-";
    }

    @Override
    public void close() {
        ours.close();
        if (reference != null) {
            reference.close();
            bound.close();
        }
    }
}
