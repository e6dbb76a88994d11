package io.mcm.control;

import java.io.IOException;

/** The proxy does not open the session; on its own side the message says why, on the client's that it did. */
public final class SessionRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    public SessionRefusedException(String message) {
        super(message);
    }

    public SessionRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
