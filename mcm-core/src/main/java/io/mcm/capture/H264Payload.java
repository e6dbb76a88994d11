package io.mcm.capture;

import io.mcm.h264.NalHeader;
import io.mcm.h264.NalType;
import io.mcm.rtp.RtpPacket;

/** Whether a payload can be H.264: the payload type's meaning is in an SDP that a capture does not have. */
final class H264Payload {

    private static final int SIZE_LENGTH = 2;

    private H264Payload() {
    }

    /**
     * Data partitions do not count: no camera sends them, and to them H.265's most frequent types would fall (its type is one bit further
     * left: a fragmentation unit begins with 0x62).
     */
    static boolean isPlausible(RtpPacket packet) {
        if (packet.payloadLength() < 2 || NalHeader.isForbidden(packet.payloadByte(0))) {
            return false;
        }
        return switch (NalHeader.type(packet.payloadByte(0))) {
            case NalType.STAP_A -> firstSizeFits(packet);
            case NalType.FU_A, NalType.FU_B -> isUnit(NalHeader.type(packet.payloadByte(1)));
            case NalType.STAP_B, NalType.MTAP16, NalType.MTAP24 -> true;
            default -> isUnit(NalHeader.type(packet.payloadByte(0)));
        };
    }

    private static boolean firstSizeFits(RtpPacket packet) {
        int start = NalHeader.LENGTH + SIZE_LENGTH;
        if (packet.payloadLength() <= start) {
            return false;
        }
        int size = packet.payloadByte(NalHeader.LENGTH) << Byte.SIZE | packet.payloadByte(NalHeader.LENGTH + 1);
        return size > 0 && start + size <= packet.payloadLength();
    }

    private static boolean isUnit(int type) {
        return type == NalType.SLICE || type >= NalType.IDR_SLICE && type <= NalType.SUBSET_SPS || type == NalType.AUXILIARY_SLICE
            || type == NalType.AUXILIARY_SLICE + 1;
    }
}
