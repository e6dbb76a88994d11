package io.mcm.camera.source;

import java.io.Closeable;
import java.io.IOException;

/** Where NAL units come from that have not been packets yet. */
public interface NalUnitSource extends Closeable {

    /**
     * Hands over the next access unit.
     *
     * @return false at the end; nothing was handed over then
     */
    boolean step(NalUnitSink sink) throws IOException;

    @Override
    default void close() throws IOException {
        // Most hold nothing.
    }
}
