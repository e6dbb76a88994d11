package io.mcm.ingest.mtl;

/** MTL cannot be used; the message says what is missing and what mends it. */
public final class MtlException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MtlException(String message) {
        super(message);
    }

    MtlException(String message, Throwable cause) {
        super(message, cause);
    }
}
