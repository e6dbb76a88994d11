package io.mcm.camera.rtsp;

import io.mcm.camera.packetize.PacketizedSource;
import io.mcm.camera.packetize.PayloadConfig;
import io.mcm.camera.packetize.RtpConfig;
import io.mcm.camera.synthetic.FrameRate;
import io.mcm.camera.synthetic.ParameterSetPlacement;
import io.mcm.camera.synthetic.PictureSize;
import io.mcm.camera.synthetic.SyntheticConfig;
import io.mcm.camera.synthetic.SyntheticSource;
import java.util.List;
import java.util.function.UnaryOperator;

/** Synthetic streams to serve. */
final class Streams {

    static final int SSRC = 0x1234_5678;

    private Streams() {}

    /** @param frames 0 for without end */
    static ServedStream synthetic(int frames, int framesPerSecond, double speed) {
        SyntheticConfig config = new SyntheticConfig(PictureSize.parse("160x96"), FrameRate.parse(Integer.toString(framesPerSecond)), 10, 200_000, 1, 0,
            ParameterSetPlacement.IDR, List.of(), frames, false, 1);
        return new ServedStream(() -> new PacketizedSource(new SyntheticSource(config, due -> due), PayloadConfig.DEFAULTS, RtpConfig.of(SSRC), due -> due),
            UnaryOperator.identity(), speed, List.of());
    }
}
