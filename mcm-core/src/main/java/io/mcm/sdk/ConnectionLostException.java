package io.mcm.sdk;

import java.io.IOException;

/** The proxy is gone, or broke the protocol: no more buffers will come over this connection. */
public final class ConnectionLostException extends IOException {

    private static final long serialVersionUID = 1L;

    ConnectionLostException(String reason) {
        super(reason);
    }
}
