package io.mcm.zoo;

import io.mcm.h264.PacketizationMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One file of the zoo; its README says how it is written.
 *
 * @param threads where the device was reported
 * @param awaits  what has to be built before the outcome is the right one; until then it must be another
 * @param strict  what comes out with {@code strict}; the same as otherwise where the file does not say
 */
record Fixture(String name, List<String> threads, String says, Optional<PacketizationMode> declared, List<Arrival> arrivals,
        Outcome tolerant, Outcome strict, Optional<String> awaits) {

    /** A datagram, and when it arrives, in milliseconds. */
    record Arrival(long millis, byte[] datagram) {}

    static Fixture read(Path file) {
        try {
            return new FixtureReader(Units.read(file.resolveSibling("units.txt"))).read(file, Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those in a folder, in the order of their names. */
    static List<Fixture> all(Path folder) {
        try (var files = Files.list(folder)) {
            List<Path> sorted = new ArrayList<>(files.filter(file -> file.toString().endsWith(".camera")).sorted().toList());
            return sorted.stream().map(Fixture::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
