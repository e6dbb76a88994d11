package io.mcm.sdk;

/** What a {@link McmConnection} knows of its proxy. */
public enum ConnectionState {
    /** Units come. */
    CONNECTED,
    /** The proxy was lost, and is asked again and again in the background. */
    RECONNECTING,
    /** The proxy was lost, and nobody asks for it. */
    LOST,
    /** By {@link McmConnection#close}. */
    CLOSED
}
