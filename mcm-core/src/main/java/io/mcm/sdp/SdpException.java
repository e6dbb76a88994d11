package io.mcm.sdp;

/** A session description that cannot be used; the message has the value and what is allowed. */
public final class SdpException extends Exception {

    private static final long serialVersionUID = 1L;

    public SdpException(String message) {
        super(message);
    }
}
