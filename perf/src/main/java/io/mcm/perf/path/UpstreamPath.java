package io.mcm.perf.path;

import io.mcm.cli.EnvironmentException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Our C program that does the work of MCM 24.09's data path, packet_path.c; compiled when it is started. */
final class UpstreamPath implements PacketPath {

    private static final String SOURCE = "packet_path.c";
    private static final String PORT = "port ";
    private static final int PACKETS_FIELD = 1;
    private static final int CPU_FIELD = 5;

    private final Process process;
    private final BufferedReader out;
    private final BufferedWriter in;
    private final int port;

    private UpstreamPath(Process process) throws IOException {
        this.process = process;
        out = process.inputReader();
        in = process.outputWriter();
        String line = out.readLine();
        if (line == null || !line.startsWith(PORT)) {
            throw new EnvironmentException("the C data path said '" + line + "', expected its port");
        }
        port = Integer.parseInt(line.substring(PORT.length()));
    }

    static UpstreamPath start() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("mcm-path");
        Path source = directory.resolve(SOURCE);
        Path program = directory.resolve("packet_path");
        List.of(directory, source, program).forEach(path -> path.toFile().deleteOnExit());
        try (InputStream resource = UpstreamPath.class.getResourceAsStream(SOURCE)) {
            Files.copy(resource, source);
        }
        compile(source, program);
        return new UpstreamPath(new ProcessBuilder(program.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    private static void compile(Path source, Path program) throws InterruptedException {
        try {
            Process compiler = new ProcessBuilder("cc", "-O3", "-o", program.toString(), source.toString(), "-pthread")
                .redirectErrorStream(true).start();
            String said = new String(compiler.getInputStream().readAllBytes());
            if (compiler.waitFor() != 0) {
                throw new EnvironmentException("the C data path does not compile: " + said.strip());
            }
        } catch (IOException e) {
            throw new EnvironmentException("no C compiler: apt-get install gcc libc6-dev (" + e.getMessage() + ")", e);
        }
    }

    @Override
    public String name() {
        return "24.09's path, C";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public PathFigures figures() throws IOException {
        in.write("\n");
        in.flush();
        String line = out.readLine();
        if (line == null) {
            throw new EnvironmentException("the C data path ended");
        }
        String[] words = line.split(" ");
        return new PathFigures(Long.parseLong(words[PACKETS_FIELD]), Long.parseLong(words[CPU_FIELD]));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
