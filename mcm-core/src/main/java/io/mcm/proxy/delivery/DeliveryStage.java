package io.mcm.proxy.delivery;

import io.mcm.h264.NalUnitSink;

/** A step between the NAL units of a stream and one consumer's ring. */
interface DeliveryStage extends NalUnitSink {

    /**
     * The access unit that is open is damaged, or the consumer lost something between two: what is not on its way yet is taken back. Of that
     * access unit no more comes but its end.
     *
     * @return how many whole NAL units that were
     */
    int takeBack();

    /** A whole NAL unit was left out before what comes next. */
    void leftOut();

    /** Whether, since this was asked last, a whole unit found no room, or the consumer became another one. */
    boolean hasFailed();
}
