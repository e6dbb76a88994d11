package io.mcm.camera.source;

import io.mcm.camera.TimedPacketSink;
import io.mcm.capture.StreamSelection;
import java.io.IOException;
import java.nio.file.Path;

/** Replays a capture, never holding more of it than a part. */
public final class CaptureSource implements CameraSource {

    private final ReplaySource replay;

    /** @param passes how often the capture is played; 0 for without end */
    public CaptureSource(CapturePackets.Plan plan, int passes, Rewriting rewriting) {
        replay = new ReplaySource(() -> CapturePackets.open(plan), passes, rewriting, ReplaySource.WALL_CLOCK);
    }

    /** One camera's packets, byte for byte in the first pass, up to the first damage. */
    public CaptureSource(Path file, StreamSelection selection, int passes) {
        this(CapturePackets.Plan.of(file, selection), passes, Rewriting.NONE);
    }

    @Override
    public boolean step(TimedPacketSink sink) throws IOException {
        return replay.step(sink);
    }

    @Override
    public void close() throws IOException {
        replay.close();
    }
}
