package io.mcm.camera.rtsp;

import io.mcm.camera.pace.PacketOut;
import io.mcm.rtsp.TransportHeader;
import java.io.Closeable;

/** The way of one session's packets to its client. What the network does not take is counted. */
interface MediaOut extends PacketOut, Closeable {

    int RTP = 0;
    int RTCP = 1;

    /** As the answer to SETUP names it. */
    TransportHeader transport();

    /** The client can take no more. */
    boolean isBroken();

    @Override
    void close();
}
