package io.mcm.conformance.suite;

import io.mcm.control.DeliveryUnit;

/**
 * What a probe has found out about a proxy.
 *
 * @param unit       what one buffer holds: {@code nalu} or {@code access-unit}; null where nothing was delivered
 * @param metadata   whether it tells more of a unit than 24.09's header does, as ours does
 * @param firstLost  whether the first picture after a session's start was swallowed, as 24.09 does
 * @param died       whether it was there, and no more after one session and two pictures
 * @param trouble    why nothing can be tested; empty where something can
 */
public record TargetFacts(DeliveryUnit unit, boolean metadata, boolean firstLost, boolean died, String trouble) {

    /** Nothing works there. */
    public static TargetFacts nothing(String trouble) {
        return new TargetFacts(null, false, false, false, trouble);
    }

    /** It does not survive what every case begins with. */
    public static TargetFacts dead(String trouble) {
        return new TargetFacts(null, false, false, true, trouble);
    }

    /** It is no proxy, but a consumer. */
    public static TargetFacts consumer() {
        return nothing("");
    }

    public boolean delivers() {
        return unit != null;
    }

    /** One line for people. */
    public String describe() {
        if (!delivers() && trouble.isEmpty()) {
            return "takes part as a consumer";
        }
        if (died) {
            return "died of the first session: " + trouble;
        }
        if (!delivers()) {
            return "cannot be tested: " + trouble;
        }
        return "delivers " + unit + (metadata ? " with metadata" : ", no metadata") + (firstLost ? "; swallows the first picture" : "");
    }
}
