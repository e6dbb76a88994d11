package io.mcm.capture;

/** One direction of a UDP conversation. */
public record Flow(Endpoint source, Endpoint destination) {

    @Override
    public String toString() {
        return source + " -> " + destination;
    }
}
