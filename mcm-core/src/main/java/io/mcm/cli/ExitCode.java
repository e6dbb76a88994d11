package io.mcm.cli;

/** What {@code mcm} tells the shell. */
public final class ExitCode {

    public static final int GOOD = 0;
    /** A check failed: something was compared and differs. */
    public static final int CHECK_FAILED = 1;
    /** The arguments make no sense. */
    public static final int USAGE = 2;
    /** This machine or its files do not allow it; the message names what is missing. */
    public static final int ENVIRONMENT = 3;
    /** The machine was too unsteady to tell good from bad; {@code mcm perf} only. */
    public static final int INCONCLUSIVE = 4;

    private ExitCode() {}
}
