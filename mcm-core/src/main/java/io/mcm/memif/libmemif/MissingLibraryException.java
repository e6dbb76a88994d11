package io.mcm.memif.libmemif;

/** libmemif cannot be loaded; the message says what was tried and how to name another. */
public final class MissingLibraryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MissingLibraryException(String name, UnsatisfiedLinkError reason) {
        super("libmemif cannot be used: " + reason.getMessage() + ". Tried " + name
            + "; name another with --memif-library PATH or " + LibmemifEngine.ENVIRONMENT_VARIABLE
            + ", or take --memif builtin, which needs no library", reason);
    }
}
