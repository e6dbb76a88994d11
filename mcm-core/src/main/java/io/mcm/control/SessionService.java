package io.mcm.control;

/** What stands behind the control protocol. Called from many threads, one for each connection. */
public interface SessionService {

    /**
     * Opens a session.
     *
     * @return its id, never 0 (the 24.09 clients take 0 for none) and never one that is in use
     * @throws SessionRefusedException naming the reason; it goes to the log, the protocol has no place for it
     */
    int create(ConnectionParam param) throws SessionRefusedException;

    /** How a client reaches the memif of a session that {@link #create} gave and {@link #destroy} has not ended. */
    MemifParam query(int sessionId);

    /** Ends a session that {@link #create} gave; called exactly once for each. */
    void destroy(int sessionId);
}
