package io.mcm.control;

import java.io.IOException;

/** The peer sent what MCM 24.09 does not allow; the message shows the value and what is allowed. */
public final class ProtocolException extends IOException {

    private static final long serialVersionUID = 1L;

    public ProtocolException(String message) {
        super(message);
    }
}
