package io.mcm.conformance.run;

/** What came of a case. */
public enum Verdict {
    PASS("passed"),
    FAIL("failed"),
    /** It failed, and the list of expected failures says so. */
    EXPECTED_FAILURE("failed as expected"),
    /** It passed, although the list says that it fails: the list is to be mended. */
    UNEXPECTED_PASS("passed unexpectedly"),
    /** Neither good nor bad, and never a pass. */
    COULD_NOT_TEST("could not be tested");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    /** For people, behind a number. */
    public String text() {
        return text;
    }

    /** Whether a run with it is not a good one. */
    public boolean isBad() {
        return this == FAIL || this == UNEXPECTED_PASS;
    }
}
