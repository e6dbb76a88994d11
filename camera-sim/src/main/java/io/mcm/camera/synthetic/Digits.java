package io.mcm.camera.synthetic;

/** The figures of the visible counter: 3 cells wide, 5 high. */
final class Digits {

    static final int WIDTH = 3;
    static final int HEIGHT = 5;

    private static final String[] ROWS = {
        "### .#. ### ### #.# ### ### ### ### ###",
        "#.# ##. ..# ..# #.# #.. #.. ..# #.# #.#",
        "#.# .#. ### ### ### ### ### ..# ### ###",
        "#.# .#. #.. ..# ..# ..# #.# ..# #.# ..#",
        "### ### ### ### ..# ### ### ..# ### ###",
    };

    private Digits() {}

    /** @param digit 0 to 9 */
    static boolean isLit(int digit, int x, int y) {
        return ROWS[y].charAt(digit * (WIDTH + 1) + x) == '#';
    }
}
