package io.mcm.conformance.requirement;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import io.mcm.conformance.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Which tests name which requirement: in a {@code @Tag} of a method or class, or, in a table of cases, in any string of a row. Read
 * from the test sources of all modules with the compiler's own parser.
 */
final class NamedRequirements extends TreePathScanner<Void, SortedMap<String, SortedSet<String>>> {

    private static final Set<Tree.Kind> TYPES = Set.of(Tree.Kind.CLASS, Tree.Kind.RECORD, Tree.Kind.INTERFACE, Tree.Kind.ENUM);

    private final Set<String> sources;

    private NamedRequirements(Set<String> sources) {
        this.sources = sources;
    }

    /**
     * Tests by the id that they name, as {@code h264.DepacketizerTest#fragmentsMakeOneUnit}.
     *
     * @param sources first parts of ids; what looks like an id of another source is none
     */
    static SortedMap<String, SortedSet<String>> in(List<Path> files, Set<String> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        SortedMap<String, SortedSet<String>> found = new TreeMap<>();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null,
                manager.getJavaFileObjectsFromPaths(files));
            NamedRequirements scanner = new NamedRequirements(sources);
            for (CompilationUnitTree unit : task.parse()) {
                scanner.scan(unit, found);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** Every test source of the project that has an id of these sources in it. */
    static List<Path> testSources(Set<String> sources) {
        try (Stream<Path> modules = Files.list(Checkout.ROOT)) {
            return modules.map(module -> module.resolve("src/test/java")).filter(Files::isDirectory)
                .flatMap(NamedRequirements::javaFiles).filter(file -> mentions(file, sources)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean mentions(Path file, Set<String> sources) {
        try {
            String text = Files.readString(file);
            return !file.getParent().endsWith("requirement") && sources.stream().anyMatch(source -> text.contains(source + "-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Void visitLiteral(LiteralTree literal, SortedMap<String, SortedSet<String>> found) {
        if (literal.getValue() instanceof String text) {
            Matcher id = Requirement.ID.matcher(text);
            while (id.find()) {
                if (sources.contains(id.group(1))) {
                    found.computeIfAbsent(id.group(), _ -> new TreeSet<>()).add(place());
                }
            }
        }
        return super.visitLiteral(literal, found);
    }

    private String place() {
        String method = "";
        String types = "";
        for (TreePath at = getCurrentPath(); at != null; at = at.getParentPath()) {
            if (at.getLeaf() instanceof MethodTree tree) {
                method = "#" + tree.getName();
            } else if (at.getLeaf() instanceof ClassTree tree && TYPES.contains(tree.getKind()) && !tree.getSimpleName().isEmpty()) {
                types = tree.getSimpleName() + (types.isEmpty() ? "" : "." + types);
            }
        }
        String folder = getCurrentPath().getCompilationUnit().getPackageName().toString();
        return folder.substring(folder.lastIndexOf('.') + 1) + "." + types + method;
    }
}
