package io.mcm.control;

import java.time.Duration;

/**
 * What strangers may take from a control server.
 *
 * @param connections    at once; more are closed as they come
 * @param idle           how long a connection without a session may be silent; one with a session may for ever, the C SDK is
 * @param message        how long a request may take from its first byte to its last
 */
record ControlLimits(int connections, Duration idle, Duration message) {

    /** Twice the 1,000 cameras that one proxy is built for. */
    static final int MAX_CONNECTIONS = 2_000;
    /** A person who steps through a client in a debugger still makes it; upstream waits for ever. */
    static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);
    /** The C SDK writes a request within a millisecond; this covers a lost segment and a stopped process. */
    static final Duration MESSAGE_TIMEOUT = Duration.ofSeconds(10);

    static final ControlLimits DEFAULT = new ControlLimits(MAX_CONNECTIONS, IDLE_TIMEOUT, MESSAGE_TIMEOUT);
}
