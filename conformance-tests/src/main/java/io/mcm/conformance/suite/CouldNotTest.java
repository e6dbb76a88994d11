package io.mcm.conformance.suite;

/** The proxy cannot be tried with this: neither good nor bad. */
public final class CouldNotTest extends Exception {

    private static final long serialVersionUID = 1;

    /** @param reason what is missing, and what would help where something would */
    public CouldNotTest(String reason) {
        super(reason);
    }
}
