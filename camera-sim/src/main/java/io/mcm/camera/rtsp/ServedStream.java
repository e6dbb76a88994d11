package io.mcm.camera.rtsp;

import io.mcm.camera.TimedPacketSink;
import io.mcm.camera.source.CameraSource;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a client gets that plays.
 *
 * @param sources opens a source for each client; it plays from its beginning
 * @param stages what stands between a source and the pacer, for each client its own
 * @param speed as in {@link io.mcm.camera.pace.Pacer}
 * @param parameterSets NAL units for the description, where they are known; of an empty list those that the stream begins with
 */
public record ServedStream(SourceFactory sources, UnaryOperator<TimedPacketSink> stages, double speed, List<byte[]> parameterSets) {

    /** Opens sources that give the same packets each time. */
    @FunctionalInterface
    public interface SourceFactory {

        CameraSource open() throws IOException;
    }

    /** At normal speed, and as the source has it. */
    public static ServedStream of(SourceFactory sources) {
        return new ServedStream(sources, UnaryOperator.identity(), 1, List.of());
    }
}
