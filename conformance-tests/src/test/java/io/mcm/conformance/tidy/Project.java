package io.mcm.conformance.tidy;

import io.mcm.conformance.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files that a person keeps, as opposed to those that a build makes. */
final class Project {

    static final Path ROOT = Checkout.ROOT;

    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".idea");

    private Project() {}

    static List<Path> files(String... endings) {
        try (Stream<Path> all = Files.walk(ROOT)) {
            return all.filter(Files::isRegularFile)
                .filter(file -> Stream.of(endings).anyMatch(file.getFileName().toString()::endsWith))
                .filter(Project::isOurs)
                .sorted()
                .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String name(Path file) {
        return ROOT.relativize(file).toString();
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOurs(Path file) {
        for (Path part : ROOT.relativize(file)) {
            if (NOT_OURS.contains(part.toString())) {
                return false;
            }
        }
        return true;
    }
}
