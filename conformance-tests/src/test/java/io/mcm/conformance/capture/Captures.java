package io.mcm.conformance.capture;

import io.mcm.conformance.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The captures in {@code pcaps/}, and those of a folder that may lie next to the checkout. */
public final class Captures {

    public static final Path FOLDER = Checkout.ROOT.resolve("pcaps");
    private static final Path MORE = Checkout.ROOT.resolveSibling("shared").resolve("pcaps");
    private static final String MANIFEST = "manifest.csv";
    /** A comma, unless it stands in quotes. */
    private static final Pattern COMMA = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

    /** In the order of {@link Capture}'s components; the two manifests call them differently. */
    private static final List<String> OUR_COLUMNS =
        List.of("file", "packets", "lost", "duplicated", "reordered", "nal_units", "access_units", "annexb_md5");
    private static final List<String> MORE_COLUMNS =
        List.of("file", "ref_pkts", "lost", "dup", "reordered", "ref_complete_nals", "ref_aus", "ref_annexb4_md5");

    private Captures() {}

    /** Those of the repository. */
    public static List<Capture> ours() {
        return read(FOLDER, OUR_COLUMNS);
    }

    public static Capture named(String file) {
        return ours().stream().filter(capture -> capture.file().endsWith(file)).findFirst().orElseThrow();
    }

    /** Ours, and those next to the checkout where there are any. */
    public static List<Capture> all() {
        return Stream.concat(ours().stream(), (Files.isDirectory(MORE) ? read(MORE, MORE_COLUMNS) : List.<Capture>of()).stream()).toList();
    }

    /** As {@link #all}, each file name once. */
    public static List<Capture> distinct() {
        return List.copyOf(all().stream()
            .collect(Collectors.toMap(capture -> capture.file().getFileName(), capture -> capture, (first, _) -> first)).values());
    }

    private static List<Capture> read(Path folder, List<String> columns) {
        try {
            List<String> lines = Files.readAllLines(folder.resolve(MANIFEST));
            List<String> header = fields(lines.getFirst());
            int[] places = columns.stream().mapToInt(header::indexOf).toArray();
            List<Capture> captures = new ArrayList<>();
            lines.stream().skip(1).forEach(line -> captures.add(capture(folder, fields(line), places)));
            return captures;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Capture capture(Path folder, List<String> fields, int[] places) {
        List<String> values = Arrays.stream(places).mapToObj(fields::get).toList();
        int[] counts = values.subList(1, values.size() - 1).stream().mapToInt(Integer::parseInt).toArray();
        return new Capture(folder.resolve(values.getFirst()), counts[0], counts[1], counts[2], counts[3], counts[4], counts[5],
            values.getLast());
    }

    private static List<String> fields(String line) {
        return Arrays.asList(COMMA.split(line, -1));
    }
}
