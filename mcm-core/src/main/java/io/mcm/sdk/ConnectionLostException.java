package io.mcm.sdk;

import java.io.IOException;

/**
 * The proxy is gone, or broke the protocol. No more units will come over this connection, unless it was asked for with
 * {@link ConnectionRequest#withReportedReconnect}.
 */
public final class ConnectionLostException extends IOException {

    private static final long serialVersionUID = 1L;

    ConnectionLostException(String reason) {
        super(reason);
    }
}
