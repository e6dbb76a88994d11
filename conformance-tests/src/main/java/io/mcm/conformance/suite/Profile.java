package io.mcm.conformance.suite;

/** How much is demanded of a proxy; each demands what those before it do, too. */
public enum Profile {
    /** What MCM 24.09 promises: its control protocol, its memif, a camera that behaves and a network that loses nothing. */
    MCM_24_09("mcm-24.09"),
    /** What the standards demand besides: RFC 6184, RFC 3550, memif. */
    RFC("rfc"),
    /** What good software does besides: it survives what nobody should send, and says so. */
    STRICT("strict");

    private final String text;

    Profile(String text) {
        this.text = text;
    }

    public boolean includes(Profile other) {
        return other.compareTo(this) <= 0;
    }

    /** As it is written on a command line. */
    @Override
    public String toString() {
        return text;
    }
}
