package io.mcm.perf.report;

import io.mcm.cli.EnvironmentException;
import io.mcm.metric.FileTrouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** The folder of a report: {@code index.html}, {@code plots.png}, {@code summary.md}, {@code result.json} and {@code result.csv}. */
public final class Report {

    private static final String HEADLESS = "java.awt.headless";

    private final Path folder;

    /**
     * Makes the folder where it is not there: before a run of minutes, not after it.
     *
     * @throws EnvironmentException if it cannot be made
     */
    public Report(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /**
     * Writes everything anew.
     *
     * @throws EnvironmentException if a file cannot be written
     */
    public void write(Run run, History history) {
        System.setProperty(HEADLESS, "true");
        try {
            put("result.json", RunJson.of(run));
            put("result.csv", Summary.csv(run));
            put("summary.md", Summary.markdown(run));
            put("index.html", Page.of(run, history));
            ImageIO.write(Picture.of(run), "png", folder.resolve("plots.png").toFile());
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** What an argument has need not be Unicode, and {@link Files#writeString} would refuse it. */
    private void put(String name, String text) throws IOException {
        Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }

    public Path page() {
        return folder.resolve("index.html");
    }

    private EnvironmentException unwritable(IOException e) {
        return new EnvironmentException("cannot write a report to " + folder + ": " + FileTrouble.reason(e), e);
    }
}
