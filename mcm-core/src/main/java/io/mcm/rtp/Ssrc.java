package io.mcm.rtp;

/** How people read and write a synchronization source identifier: {@code 0x0badcafe}. */
public final class Ssrc {

    private static final String HEX_PREFIX = "0x";
    private static final int HEX = 16;

    private Ssrc() {
    }

    /**
     * Reads decimal or, after {@code 0x}, hexadecimal.
     *
     * @throws IllegalArgumentException if it is not an unsigned number of 32 bits; the message says what is allowed
     */
    public static int parse(String text) {
        try {
            return text.regionMatches(true, 0, HEX_PREFIX, 0, HEX_PREFIX.length())
                ? Integer.parseUnsignedInt(text.substring(HEX_PREFIX.length()), HEX)
                : Integer.parseUnsignedInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("SSRC '" + text + "'; allowed are 0 to 4294967295 or 0x0 to 0xffffffff", e);
        }
    }

    public static String text(int ssrc) {
        return HEX_PREFIX + "%08x".formatted(ssrc);
    }
}
