package io.mcm.capture;

import java.io.IOException;
import java.nio.file.Path;

/** A capture that cannot be read, or not further; the message names the file, the value found and what is allowed. */
public final class CaptureException extends IOException {

    private static final long serialVersionUID = 1L;

    public CaptureException(Path file, String problem) {
        super(file + ": " + problem);
    }

    public CaptureException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
    }
}
