package io.mcm.memif;

/** The first rule that a peer was seen to break in shared memory. The data path notes it and goes on; its owner then disconnects the peer. */
public final class Fault {

    private String reason;
    private boolean hostile;

    public void report(String broken) {
        if (reason == null) {
            reason = broken;
        }
    }

    /** A rule that nobody breaks by mistake, and that costs others time: the peer shall not come back for more. */
    public void reportHostile(String broken) {
        report(broken);
        hostile = true;
    }

    public boolean isHostile() {
        return hostile;
    }

    /** Null while the peer keeps to the rules. */
    public String reason() {
        return reason;
    }
}
