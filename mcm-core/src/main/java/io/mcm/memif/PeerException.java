package io.mcm.memif;

/** The peer broke the protocol, or refused us; the message is the reason that it is told and that is logged. */
public final class PeerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PeerException(String reason) {
        super(reason);
    }
}
