package io.mcm.conformance.suite;

/** The proxy did not do what it must. */
public final class CaseFailure extends Exception {

    private static final long serialVersionUID = 1;

    private final String expected;
    private final String actual;

    public CaseFailure(String expected, String actual) {
        super("expected " + expected + ", got " + actual);
        this.expected = expected;
        this.actual = actual;
    }

    public String expected() {
        return expected;
    }

    public String actual() {
        return actual;
    }
}
