package io.mcm.camera.draw;

import io.mcm.h264.NalHeader;
import io.mcm.h264.NalType;
import io.mcm.rtp.RtpPacket;
import java.awt.Color;

/** What a packet carries, by the colour that it is drawn in. Colours that people with colour blindness tell apart (Okabe and Ito). */
enum UnitColour {
    IDR_SLICE("IDR slice", new Color(0xd55e00)),
    SLICE("other slice", new Color(0x0072b2)),
    PARAMETER_SET("SPS, PPS", new Color(0x009e73)),
    SEI("SEI, AUD", new Color(0xcc79a7)),
    AGGREGATE("aggregated", new Color(0xe69f00)),
    OTHER("other", new Color(0x777777));

    private final String label;
    private final Color colour;
    private final Color stem;

    UnitColour(String label, Color colour) {
        this.label = label;
        this.colour = colour;
        stem = new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 0x30);
    }

    String label() {
        return label;
    }

    Color colour() {
        return colour;
    }

    /** The same, faint: many above each other show as a strong one. */
    Color stem() {
        return stem;
    }

    /** A fragment counts as the NAL unit that it is of. */
    static UnitColour of(RtpPacket packet) {
        if (packet.payloadLength() == 0) {
            return OTHER;
        }
        int type = NalHeader.type(packet.payloadByte(0));
        boolean fragment = (type == NalType.FU_A || type == NalType.FU_B) && packet.payloadLength() > 1;
        return ofType(fragment ? NalHeader.type(packet.payloadByte(1)) : type);
    }

    private static UnitColour ofType(int type) {
        return switch (type) {
            case 1, 2, 3, 4 -> SLICE;
            case 5 -> IDR_SLICE;
            case 6, 9 -> SEI;
            case 7, 8, 13, 15 -> PARAMETER_SET;
            case NalType.STAP_A, NalType.STAP_B, NalType.MTAP16, NalType.MTAP24 -> AGGREGATE;
            default -> OTHER;
        };
    }
}
