package io.mcm.rtp;

/** Sources that sent while the selected one did: other cameras on this port, not the same one restarted. The latest few. */
final class Rivals {

    /** More cameras on one port than anybody puts there by mistake. */
    private static final int MAX = 16;

    private final int[] ssrcs = new int[MAX];
    private int count;

    void add(int ssrc) {
        if (!contains(ssrc)) {
            ssrcs[count++ % MAX] = ssrc;
        }
    }

    boolean contains(int ssrc) {
        for (int i = 0; i < Math.min(count, MAX); i++) {
            if (ssrcs[i] == ssrc) {
                return true;
            }
        }
        return false;
    }

    void clear() {
        count = 0;
    }
}
