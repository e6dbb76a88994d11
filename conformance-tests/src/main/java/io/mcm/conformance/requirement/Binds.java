package io.mcm.conformance.requirement;

/** Who has to keep a rule. */
public enum Binds {
    SENDER, RECEIVER, BOTH
}
