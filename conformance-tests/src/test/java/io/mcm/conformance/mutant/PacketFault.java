package io.mcm.conformance.mutant;

import java.util.List;
import java.util.function.Supplier;

/** What a mutant makes of a datagram before the proxy sees it; has a memory of its own for each UDP port. */
@FunctionalInterface
interface PacketFault {

    /** None for a sound proxy. */
    Supplier<PacketFault> NONE = () -> packet -> List.of(packet);

    /** @return what the proxy gets in its place: none, one or several */
    List<Packet> of(Packet packet);
}
