package io.mcm.conformance.requirement;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Requirements as Markdown: sections of tables, a rule a row.
 *
 * <pre>
 *   ## 5.8 Fragmentation units
 *
 *   | id | level | binds | rule | tests |
 *   |---|---|---|---|---|
 *   | RFC6184-5.8-17 | MUST | receiver | The reserved bit ... is ignored. | `h264.DepacketizerTest#...` |
 *   | RFC6184-6.1-07 | MAY* | sender | ... | not applicable: nothing here forwards RTP |
 * </pre>
 */
public final class RequirementTable {

    private static final String CELL_BORDER = " *(?<!\\\\)\\| *";
    private static final int CELLS = 5;
    private static final String OUR_READING = "*";
    private static final String NOT_APPLICABLE = "not applicable: ";

    private final String name;
    private final List<String> lines;

    /** @param name of the file, for messages */
    public RequirementTable(String name, String markdown) {
        this.name = name;
        lines = markdown.lines().toList();
    }

    /**
     * The rules, in the file's order.
     *
     * @throws IllegalArgumentException if a row is none; the message says which
     */
    public List<Requirement> requirements() {
        return lines.stream().filter(RequirementTable::isRow).map(this::requirement).toList();
    }

    /** The Markdown with each rule's last column made anew, unless the rule is not applicable. */
    public String withTests(Map<String, ? extends Iterable<String>> testsById) {
        return lines.stream().map(line -> isRow(line) ? withTests(line, testsById) : line)
            .collect(Collectors.joining("\n", "", "\n"));
    }

    private String withTests(String line, Map<String, ? extends Iterable<String>> testsById) {
        String[] cells = cells(line);
        if (!cells[4].startsWith(NOT_APPLICABLE)) {
            Iterable<String> tests = testsById.get(cells[0]);
            cells[4] = tests == null ? "" : "`" + String.join("`, `", tests) + "`";
        }
        return Stream.of(cells).map(cell -> cell.isEmpty() ? "" : " " + cell).collect(Collectors.joining(" |", "|", " |"));
    }

    private static boolean isRow(String line) {
        return line.startsWith("| ") && Requirement.ID.matcher(line).find(2);
    }

    private Requirement requirement(String line) {
        String[] cells = cells(line);
        boolean keyWord = !cells[1].endsWith(OUR_READING);
        try {
            Level level = Level.valueOf(keyWord ? cells[1] : cells[1].substring(0, cells[1].length() - 1));
            Binds binds = Binds.valueOf(cells[2].toUpperCase(Locale.ROOT));
            String rule = cells[3].replace("\\|", "|");
            return cells[4].startsWith(NOT_APPLICABLE)
                ? new Requirement(cells[0], level, keyWord, binds, rule, List.of(), cells[4].substring(NOT_APPLICABLE.length()))
                : new Requirement(cells[0], level, keyWord, binds, rule, tests(cells[4]), "");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + line + ": " + e.getMessage(), e);
        }
    }

    private static List<String> tests(String cell) {
        return cell.isEmpty() ? List.of() : Arrays.stream(cell.split(", ")).map(test -> test.replace("`", "")).toList();
    }

    private String[] cells(String line) {
        String[] cells = line.strip().replaceAll("^\\| *| *\\|$", "").split(CELL_BORDER, -1);
        if (cells.length != CELLS) {
            throw new IllegalArgumentException(name + ": " + line + ": " + cells.length + " cells instead of " + CELLS);
        }
        return cells;
    }
}
