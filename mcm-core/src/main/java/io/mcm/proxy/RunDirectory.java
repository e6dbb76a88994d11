package io.mcm.proxy;

import io.mcm.metric.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Where memif sockets are made: {@code /run/mcm} where that can be written, as upstream; else a directory of the user's own. */
public final class RunDirectory {

    private static final Path SYSTEM = Path.of("/run/mcm");
    private static final Path SELF = Path.of("/proc/self");
    private static final String OWNER_ONLY = "rwx------";

    private RunDirectory() {}

    /**
     * Makes a directory if it is not there.
     *
     * @param wanted null for the default
     * @throws IOException naming the directory, where it can be neither made nor written
     */
    public static Path prepare(Path wanted) throws IOException {
        if (wanted != null) {
            return make(wanted);
        }
        try {
            return make(SYSTEM);
        } catch (IOException e) {
            return checkOwner(make(ofUser()));
        }
    }

    /** In a directory that everyone may write to, someone else may have made it before us. */
    private static Path checkOwner(Path directory) throws IOException {
        Object owner = Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (!owner.equals(Files.getAttribute(SELF, "unix:uid"))) {
            throw new IOException("run directory " + directory + " belongs to user " + owner + "; name another one");
        }
        return directory;
    }

    private static Path ofUser() {
        String runtime = System.getenv("XDG_RUNTIME_DIR");
        return runtime != null && Files.isWritable(Path.of(runtime))
            ? Path.of(runtime, "mcm")
            : Path.of(System.getProperty("java.io.tmpdir"), "mcm-" + System.getProperty("user.name"));
    }

    private static Path make(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            try {
                Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
            } catch (IOException e) {
                throw new IOException("run directory " + directory + " cannot be made: " + FileTrouble.reason(e), e);
            }
        }
        if (!Files.isWritable(directory)) {
            throw new IOException("run directory " + directory + " cannot be written");
        }
        return directory.toAbsolutePath();
    }
}
