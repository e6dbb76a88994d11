package io.mcm.proxy.delivery;

import io.mcm.control.DeliveryUnit;

/**
 * What a consumer gets of a stream.
 *
 * @param unit what one buffer holds
 * @param bufferLength bytes of the longest unit, header included
 * @param loss what is left out after a loss; in unit {@code fragment} only {@link LossPolicy#DROP_NAL}
 * @param parameterSets whether more of them are delivered than the camera sends; nothing in unit {@code fragment}
 */
public record DeliveryConfig(DeliveryUnit unit, int bufferLength, LossPolicy loss, ParameterSetConfig parameterSets) {

    /** Both headers, start code and one byte of payload. */
    public static final int MIN_BUFFER_LENGTH = 128;

    public DeliveryConfig {
        if (bufferLength < MIN_BUFFER_LENGTH) {
            throw new IllegalArgumentException("buffer of " + bufferLength + " bytes, at least " + MIN_BUFFER_LENGTH);
        }
        if (unit == DeliveryUnit.FRAGMENT && loss != LossPolicy.DROP_NAL) {
            throw new IllegalArgumentException("loss policy " + loss + " with unit " + unit + ", allowed is " + LossPolicy.DROP_NAL
                + ": a fragment goes out before more of its access unit is known");
        }
        if (unit == DeliveryUnit.FRAGMENT && parameterSets.policy() != ParameterSetPolicy.AS_SENT) {
            throw new IllegalArgumentException("parameter sets " + parameterSets.policy() + " with unit " + unit + ", allowed is "
                + ParameterSetPolicy.AS_SENT + ": a fragment is what the camera sent");
        }
    }

    /** What the camera sent, as whole as it came. */
    public static DeliveryConfig of(DeliveryUnit unit, int bufferLength) {
        return new DeliveryConfig(unit, bufferLength, LossPolicy.DROP_NAL, ParameterSetConfig.AS_SENT);
    }

    public DeliveryConfig withLoss(LossPolicy policy) {
        return new DeliveryConfig(unit, bufferLength, policy, parameterSets);
    }

    public DeliveryConfig withParameterSets(ParameterSetConfig delivered) {
        return new DeliveryConfig(unit, bufferLength, loss, delivered);
    }
}
