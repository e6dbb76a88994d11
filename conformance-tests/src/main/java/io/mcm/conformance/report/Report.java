package io.mcm.conformance.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcm.cli.EnvironmentException;
import io.mcm.conformance.run.RunResult;
import io.mcm.metric.FileTrouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of a report: {@code result.json} and {@code junit.xml} of this run, {@code result-TARGET.json} of each target's last run
 * there, and {@code index.html} of all of them.
 */
public final class Report {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String NOT_FOR_FILE_NAMES = "[^A-Za-z0-9.]+";

    private final Path folder;

    /**
     * Makes the folder where it is not there.
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
     * @param command that plays the same again, without {@code --select} and {@code --seed}
     * @throws EnvironmentException if a file cannot be written
     */
    public void write(RunResult result, String command) {
        ObjectNode json = ResultJson.of(result, command);
        try {
            put(folder.resolve("junit.xml"), JUnitXml.of(result));
            String text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json);
            put(folder.resolve("result.json"), text);
            put(folder.resolve(fileName(result.target())), text);
            put(page(), HtmlPage.of(targets()));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** What a proxy said need not be Unicode, and {@link Files#writeString} would refuse it; here it is written with question marks. */
    private static void put(Path file, String text) throws IOException {
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    public Path page() {
        return folder.resolve("index.html");
    }

    private static String fileName(String target) {
        return "result-" + target.replaceAll(NOT_FOR_FILE_NAMES, "-") + ".json";
    }

    /** Of earlier runs too, each target's last. */
    private List<JsonNode> targets() throws IOException {
        List<JsonNode> results = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Report::isOfTarget).sorted().toList()) {
                results.add(read(file));
            }
        }
        return results;
    }

    private static boolean isOfTarget(Path file) {
        return file.getFileName().toString().matches("result-.*\\.json");
    }

    private static JsonNode read(Path file) throws IOException {
        try {
            JsonNode result = MAPPER.readTree(Files.readString(file));
            if (ResultJson.isResult(result)) {
                return result;
            }
        } catch (com.fasterxml.jackson.core.JsonProcessingException _) {
            // Said below.
        }
        throw new EnvironmentException(file + " is no result of mcm conformance; move it out of the report's folder");
    }

    private EnvironmentException unwritable(IOException e) {
        return new EnvironmentException("cannot write a report to " + folder + ": " + FileTrouble.reason(e), e);
    }
}
