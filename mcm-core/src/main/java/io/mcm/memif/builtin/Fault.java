package io.mcm.memif.builtin;

/** The first rule that a peer was seen to break in shared memory. The data path notes it and goes on; its owner then disconnects the peer. */
final class Fault {

    private String reason;

    void report(String broken) {
        if (reason == null) {
            reason = broken;
        }
    }

    /** Null while the peer keeps to the rules. */
    String reason() {
        return reason;
    }
}
