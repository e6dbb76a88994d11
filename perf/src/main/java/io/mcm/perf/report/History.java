package io.mcm.perf.report;

import io.mcm.cli.EnvironmentException;
import io.mcm.metric.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Stored runs, the oldest first.
 *
 * @param runs      of the same processor and JDK
 * @param elsewhere how many of others there are, whose figures cannot be compared
 */
public record History(List<Run> runs, int elsewhere) {

    private static final String SUFFIX = ".json";

    /** No folder was named. */
    public static History of(Run run) {
        return new History(List.of(run), 0);
    }

    /**
     * Stores a run as {@code TIME-REVISION.json} in a folder and reads what else is there.
     *
     * @throws EnvironmentException if a file cannot be written, or another is no run
     */
    public static History append(Path folder, Run run) {
        try {
            Files.createDirectories(folder);
            List<Run> stored = read(folder);
            Files.writeString(free(folder, run), RunJson.of(run));
            stored.add(run);
            stored.sort(Comparator.comparing(Run::time));
            List<Run> same = stored.stream().filter(run::isOfMachineOf).toList();
            return new History(same, stored.size() - same.size());
        } catch (IOException e) {
            throw new EnvironmentException("--history " + folder + ": " + FileTrouble.reason(e), e);
        }
    }

    /** Two runs may end in the same second. */
    private static Path free(Path folder, Run run) {
        String name = run.time().replaceAll("[-:]", "") + "-" + run.revision().replaceAll("[^A-Za-z0-9]+", "-");
        Path file = folder.resolve(name + SUFFIX);
        for (int next = 2; Files.exists(file); next++) {
            file = folder.resolve(name + "-" + next + SUFFIX);
        }
        return file;
    }

    private static List<Run> read(Path folder) throws IOException {
        List<Run> runs = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.getFileName().toString().endsWith(SUFFIX)).sorted().map(RunJson::read).forEach(runs::add);
        }
        return runs;
    }

    /** Of every figure of the last run, in its order. */
    List<Trend> trends() {
        return runs.getLast().findings().stream().map(finding -> Trend.of(finding.name(), runs)).toList();
    }
}
