package io.mcm;

/**
 * A fault of the fuzz targets' own, there only with {@code -Dmcm.fuzz.planted=true}: {@code ci/fuzz --planted} proves by it that a target is
 * guided by coverage. It sits where the code under test is in a state that takes several of its branches in one input. Conditions are joined
 * without short circuit, so that the way there shows in the code under test only and not in the target's own branches.
 */
public final class PlantedFault extends AssertionError {

    private static final long serialVersionUID = 1L;

    private static final boolean PLANTED = Boolean.getBoolean("mcm.fuzz.planted");

    private PlantedFault() {
        super("planted fault");
    }

    /** To be called at the end of each input. */
    public static void at(boolean reached) {
        if (PLANTED && reached) {
            throw new PlantedFault();
        }
    }
}
