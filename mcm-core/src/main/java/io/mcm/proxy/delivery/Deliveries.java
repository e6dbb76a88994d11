package io.mcm.proxy.delivery;

import java.util.Arrays;

/** Consumers as an array that is never changed but replaced, so that a loop over it makes no garbage and goes on when one leaves. */
final class Deliveries {

    static final Delivery[] NONE = {};

    private Deliveries() {}

    static Delivery[] with(Delivery[] all, Delivery one) {
        Delivery[] more = Arrays.copyOf(all, all.length + 1);
        more[all.length] = one;
        return more;
    }

    static Delivery[] without(Delivery[] all, Delivery one) {
        return Arrays.stream(all).filter(other -> other != one).toArray(Delivery[]::new);
    }
}
