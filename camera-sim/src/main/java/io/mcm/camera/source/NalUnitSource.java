package io.mcm.camera.source;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Where NAL units come from that have not been packets yet. */
public interface NalUnitSource extends Closeable {

    /**
     * Hands over the next access unit.
     *
     * @return false at the end; nothing was handed over then
     */
    boolean step(NalUnitSink sink) throws IOException;

    /** The parameter sets that the stream begins with, as NAL units, for its session description; none where they are not known. */
    default List<byte[]> parameterSets() {
        return List.of();
    }

    /** Whether it tells by {@link NalUnitSink#packaging} how its units are packed. */
    default boolean isPlanned() {
        return false;
    }

    @Override
    default void close() throws IOException {
        // Most hold nothing.
    }
}
