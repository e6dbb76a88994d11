package io.mcm.cli;

import io.mcm.ingest.mtl.MtlTransport;
import io.mcm.memif.libmemif.LibmemifEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What {@code mcm doctor} can learn of a machine without changing it. A test gives another root folder and environment. */
record Machine(Path root, String executablePath, String libraryPath, String libmemif, String libmtl) {

    private static final List<String> LIBRARY_FOLDERS = List.of(
        "usr/lib/x86_64-linux-gnu", "usr/local/lib/x86_64-linux-gnu", "usr/local/lib", "usr/lib64", "usr/local/lib64", "usr/lib", "lib");
    private static final Pattern COLON = Pattern.compile(":");

    static Machine local() {
        return new Machine(Path.of("/"), variable("PATH"), variable("LD_LIBRARY_PATH"), variable(LibmemifEngine.ENVIRONMENT_VARIABLE),
            variable(MtlTransport.ENVIRONMENT_VARIABLE));
    }

    /** The first executable of that name on the PATH. */
    Optional<Path> executable(String name) {
        return folders(executablePath).map(folder -> folder.resolve(name)).filter(Files::isExecutable).findFirst();
    }

    /** The library file that a loader would find, without loading it: the constructors of some do much. */
    Optional<Path> library(String fileName) {
        return Stream.concat(folders(libraryPath), LIBRARY_FOLDERS.stream().map(root::resolve))
            .map(folder -> folder.resolve(fileName)).filter(Files::exists).findFirst();
    }

    /** The libmemif that would be loaded: the one that the environment names, else the one that a loader would find. */
    Optional<Path> libmemifFile() {
        return libmemif.isEmpty() ? library(LibmemifEngine.DEFAULT_NAME) : Optional.of(Path.of(libmemif));
    }

    /** The libmtl that would be loaded, likewise. */
    Optional<Path> libmtlFile() {
        return libmtl.isEmpty() ? library(MtlTransport.DEFAULT_LIBRARY) : Optional.of(Path.of(libmtl));
    }

    /** A number of the kernel, such as {@code net/core/rmem_max}; 0 where it does not tell. */
    long kernelSetting(String name) {
        try {
            // By lines: readString asks for the first byte alone, and the kernel answers such a file only once.
            return Long.parseLong(Files.readAllLines(root.resolve("proc/sys").resolve(name)).getFirst().strip());
        } catch (IOException | NumberFormatException | NoSuchElementException _) {
            return 0;
        }
    }

    boolean canWrite(String folder) {
        Path path = root.resolve(folder);
        return Files.isDirectory(path) && Files.isWritable(path);
    }

    private static Stream<Path> folders(String list) {
        return COLON.splitAsStream(list).filter(folder -> !folder.isEmpty()).map(Path::of);
    }

    private static String variable(String name) {
        return Optional.ofNullable(System.getenv(name)).orElse("");
    }
}
