package io.mcm.camera.impair;

/**
 * What happens to packets on the way.
 *
 * @param loss      percent of packets never sent
 * @param reorder   percent of packets sent after one to three later ones
 * @param duplicate percent of packets sent twice
 * @param seed      of the choice: the same seed and source make the same choice
 */
public record Impairments(double loss, double reorder, double duplicate, long seed) {

    private static final double ALL = 100;

    public Impairments {
        check("loss", loss);
        check("reorder", reorder);
        check("duplicate", duplicate);
    }

    private static void check(String name, double percent) {
        if (!(percent >= 0 && percent <= ALL)) {
            throw new IllegalArgumentException(name + " of " + percent + " percent; allowed are 0 to 100");
        }
    }

    public boolean any() {
        return loss > 0 || reorder > 0 || duplicate > 0;
    }
}
