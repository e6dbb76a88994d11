package io.mcm.sdp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a session description says of H.264. Known mistakes of cameras are taken, and each is named in the warnings.
 *
 * @param media every H.264 payload type, in the order of the text
 * @param control what RTSP plays all of it with (RFC 2326 appendix C.1.1); empty where nothing is said
 * @param warnings what was wrong and is not looked at or was put right, one sentence each; at most {@value #MAX_WARNINGS}
 */
public record SessionDescription(List<H264Media> media, Optional<String> control, List<String> warnings) {

    /** Bytes of a description. Real ones have 300 to 3,000; every parameter set of a stream in base64 stays below. */
    public static final int MAX_LENGTH = 256 << 10;
    /** Media sections. A camera has one to four. */
    public static final int MAX_MEDIA = 64;
    /** More would be no help to anybody. */
    public static final int MAX_WARNINGS = 32;

    /** @throws SdpException if it is too long, is none, or a number in it is out of its range */
    public static SessionDescription parse(String text) throws SdpException {
        if (text.length() > MAX_LENGTH) {
            throw new SdpException("SDP of " + text.length() + " characters; allowed are " + MAX_LENGTH);
        }
        return new SessionParser().parse(text);
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read
     */
    public static SessionDescription read(Path file) throws IOException, SdpException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_LENGTH + 1);
            return parse(new String(bytes, StandardCharsets.ISO_8859_1));
        }
    }
}
