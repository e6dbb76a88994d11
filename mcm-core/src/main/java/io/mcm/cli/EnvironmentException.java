package io.mcm.cli;

/** What this machine, its files or its network do not allow; the message shows the value and what is allowed. Exit code 3. */
public final class EnvironmentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EnvironmentException(String message) {
        super(message);
    }

    public EnvironmentException(String message, Throwable cause) {
        super(message, cause);
    }
}
