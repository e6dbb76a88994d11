package io.mcm.conformance.requirement;

/** Who has to keep a rule. */
public enum Binds {
    SENDER, RECEIVER,
    /** Of a connection: who listens. */
    SERVER,
    /** Of a connection: who connects. */
    CLIENT,
    BOTH
}
