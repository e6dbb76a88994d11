package io.mcm.conformance.requirement;

/** How much a source insists on a rule (RFC 2119). */
public enum Level {
    MUST, SHOULD, MAY
}
