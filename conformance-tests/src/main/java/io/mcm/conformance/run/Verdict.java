package io.mcm.conformance.run;

/** What came of a case. */
public enum Verdict {
    PASS,
    FAIL,
    /** It failed, and the list of expected failures says so. */
    EXPECTED_FAILURE,
    /** It passed, although the list says that it fails: the list is to be mended. */
    UNEXPECTED_PASS,
    /** Neither good nor bad, and never a pass. */
    COULD_NOT_TEST;

    /** Whether a run with it is not a good one. */
    public boolean isBad() {
        return this == FAIL || this == UNEXPECTED_PASS;
    }
}
