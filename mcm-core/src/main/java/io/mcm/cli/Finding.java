package io.mcm.cli;

/**
 * What {@code mcm doctor} says about one thing.
 *
 * @param what   the thing
 * @param state  whether it is there
 * @param detail what was seen
 * @param remedy what mends it, a command where there is one; empty where nothing is to be mended
 */
record Finding(String what, State state, String detail, String remedy) {

    enum State {
        OK,
        /** Something that not every command needs. */
        OPTIONAL,
        /** Without it the defaults do not run. */
        MISSING
    }

    static Finding ok(String what, String detail) {
        return new Finding(what, State.OK, detail, "");
    }

    static Finding optional(String what, boolean there, String detail, String remedy) {
        return there ? ok(what, detail) : new Finding(what, State.OPTIONAL, detail, remedy);
    }

    static Finding required(String what, boolean there, String detail, String remedy) {
        return there ? ok(what, detail) : new Finding(what, State.MISSING, detail, remedy);
    }

    String line() {
        String start = "%-9s %-15s %s".formatted(state.name().toLowerCase(java.util.Locale.ROOT), what, detail);
        return remedy.isEmpty() ? start : start + "\n" + " ".repeat(26) + "-> " + remedy;
    }
}
