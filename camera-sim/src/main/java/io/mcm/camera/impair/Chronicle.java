package io.mcm.camera.impair;

/** Is told what was done: the ground truth of a run. */
interface Chronicle {

    Chronicle NONE = new Chronicle() {
        @Override
        public void packet(Fate fate) {
            // Nobody asked.
        }

        @Override
        public void event(Impairment impairment, String what, long atNanos) {
            // Nobody asked.
        }

        @Override
        public void end() {
            // Nothing was kept.
        }
    };

    /** The packets come in the source's order, each when nothing of it is under way any more. */
    void packet(Fate fate);

    /** @param what begins, ends or, if it happens once, happens */
    void event(Impairment impairment, String what, long atNanos);

    /** Nothing follows. */
    void end();
}
