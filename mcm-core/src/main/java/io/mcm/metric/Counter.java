package io.mcm.metric;

/**
 * A name for something that is counted, above all for every way to lose a byte. Each package lists its own in an enum, so
 * that a reader finds them beside the code that counts.
 */
public interface Counter {

    /** The enum constant: {@code LATE_PACKET}. */
    String name();

    /** One sentence for the person who reads the figure: what happened, and to which unit. */
    String sentence();

    /** Its position in a {@link Counters} of its enum. */
    int ordinal();

    /** The name in JSON and metrics: {@code late_packet}. */
    default String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
