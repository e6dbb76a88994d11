package io.mcm.camera.source;

/** What a replay does about records of a capture that are cut or damaged. */
public enum DamagedRecords {
    /** Says their numbers and goes on behind them. */
    SKIP,
    /** Says the first one's number, and ends. */
    END
}
