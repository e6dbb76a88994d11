package io.mcm.camera.cli;

import io.mcm.camera.send.UdpTarget;
import io.mcm.camera.source.CameraSource;
import io.mcm.camera.source.ReplayCounter;
import io.mcm.metric.Counters;
import java.io.IOException;
import java.util.List;

/**
 * What a camera plays, and where to.
 *
 * @param opener  makes the source anew, each time from its beginning
 * @param rehearsal likewise, for playing it to nobody: what is wrong with it is not told
 * @param targets of its streams
 * @param nanos   of one pass, at normal speed; 0 where that is not known before
 * @param replay  what of a capture could not be replayed
 */
record SourcePlan(Opener opener, Opener rehearsal, List<UdpTarget> targets, long nanos, Counters<ReplayCounter> replay) {

    /** @see SourcePlan */
    @FunctionalInterface
    interface Opener {

        /** @param passes 0 for without end */
        CameraSource open(int passes) throws IOException;
    }

    /** One stream, to one address. */
    static SourcePlan of(UdpTarget target, Opener opener) {
        return new SourcePlan(opener, opener, List.of(target), 0, new Counters<>(ReplayCounter.class));
    }
}
