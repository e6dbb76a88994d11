package io.mcm.rtsp;

import java.io.IOException;

/** The peer broke the protocol, or refused; the message has the value and what is allowed. */
public final class RtspException extends IOException {

    private static final long serialVersionUID = 1L;

    private final RtspStatus status;

    /** @param status what a server answers to it */
    public RtspException(RtspStatus status, String message) {
        super(message);
        this.status = status;
    }

    public RtspException(String message) {
        this(RtspStatus.BAD_REQUEST, message);
    }

    public RtspStatus status() {
        return status;
    }
}
