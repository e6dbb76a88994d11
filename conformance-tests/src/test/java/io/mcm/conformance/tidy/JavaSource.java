package io.mcm.conformance.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * What a Java file says, read with the compiler's own parser.
 *
 * @param packageName its package
 * @param types       simple names of the types that it declares
 * @param methods     its methods and constructors
 * @param uses        every call and every member access, as written: {@code System.out}, {@code Thread.sleep()}
 */
record JavaSource(String packageName, List<String> types, List<Method> methods, List<Use> uses) {

    /** A method's name and how many lines it takes, without its Javadoc. */
    record Method(String name, int lines) {}

    /** A call ends with {@code ()}; a member access does not. */
    record Use(String text, int line) {}

    static JavaSource parse(String name, String text) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavacTask task = (JavacTask) compiler.getTask(null, null, null, List.of("-proc:none"), null, List.of(new Text(name, text)));
        try {
            CompilationUnitTree unit = task.parse().iterator().next();
            Reader reader = new Reader(unit, Trees.instance(task).getSourcePositions());
            reader.scan(unit, null);
            String packageName = unit.getPackageName() == null ? "" : unit.getPackageName().toString();
            return new JavaSource(packageName, reader.types, reader.methods, reader.uses);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Reader extends TreeScanner<Void, Void> {

        private final List<String> types = new ArrayList<>();
        private final List<Method> methods = new ArrayList<>();
        private final List<Use> uses = new ArrayList<>();
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final LineMap lines;

        Reader(CompilationUnitTree unit, SourcePositions positions) {
            this.unit = unit;
            this.positions = positions;
            this.lines = unit.getLineMap();
        }

        @Override
        public Void visitClass(ClassTree type, Void unused) {
            types.add(type.getSimpleName().toString());
            return super.visitClass(type, unused);
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            long end = positions.getEndPosition(unit, method);
            if (end >= 0) { // the parser writes a record's constructor itself, without a place
                methods.add(new Method(method.getName().toString(), (int) (lines.getLineNumber(end) - line(method) + 1)));
            }
            return super.visitMethod(method, unused);
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
            uses.add(new Use(call.getMethodSelect() + "()", line(call)));
            return super.visitMethodInvocation(call, unused);
        }

        @Override
        public Void visitMemberSelect(MemberSelectTree member, Void unused) {
            uses.add(new Use(member.toString(), line(member)));
            return super.visitMemberSelect(member, unused);
        }

        private int line(Tree tree) {
            return (int) lines.getLineNumber(positions.getStartPosition(unit, tree));
        }
    }

    private static final class Text extends SimpleJavaFileObject {

        private final String content;

        Text(String name, String content) {
            super(URI.create("string:///" + name), Kind.SOURCE);
            this.content = content;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return content;
        }
    }
}
