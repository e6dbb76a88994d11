package io.mcm.conformance.differential;

import io.mcm.conformance.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A row of {@code PEERS.md}: a peer that makes something else of a capture than we do.
 *
 * @param file     of the capture
 * @param peer     its label
 * @param nalUnits that the peer delivers
 * @param equal    of these, those that we deliver too, at their place in the order
 */
record Difference(String file, String peer, int nalUnits, int equal) {

    /** Not a depacketizer: the element of GStreamer that reads captures. */
    static final String PCAPPARSE = "gstreamer-pcapparse";

    private static final Path TABLE = Checkout.ROOT.resolve("conformance-tests/PEERS.md");
    private static final String ROW = "| `";

    static List<Difference> all() {
        try {
            return Files.readAllLines(TABLE).stream().filter(line -> line.startsWith(ROW)).map(Difference::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Optional<Difference> of(Path capture, String peer) {
        String name = capture.getFileName().toString();
        return all().stream().filter(row -> row.file.equals(name) && row.peer.equals(peer)).findFirst();
    }

    private static Difference parse(String line) {
        List<String> cells = Arrays.stream(line.split("\\|")).map(String::strip).toList();
        String file = cells.get(1).split("`")[1];
        return new Difference(file, cells.get(2), Integer.parseInt(cells.get(3)), Integer.parseInt(cells.get(4)));
    }
}
