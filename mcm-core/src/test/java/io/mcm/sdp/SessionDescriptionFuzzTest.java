package io.mcm.sdp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.mcm.PlantedFault;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Any text gives the declared exception or a description within the limits. */
class SessionDescriptionFuzzTest {

    private static final int MAX_INPUT = 4_096;

    @FuzzTest
    void text(byte[] input) {
        if (input.length > MAX_INPUT) {
            return;
        }
        try {
            SessionDescription description = SessionDescription.parse(new String(input, StandardCharsets.ISO_8859_1));
            require(description.warnings().size() <= SessionDescription.MAX_WARNINGS);
            Optional<H264Media> interleaved = Optional.empty();
            for (H264Media media : description.media()) {
                require(media.port() >= 0 && media.port() <= 65_535);
                require(media.payloadType() >= 0 && media.payloadType() <= 127);
                require(media.packetizationMode() >= 0 && media.packetizationMode() <= 2);
                media.parameterSets().forEach(unit -> require(unit.byteSize() > 0));
                interleaved = media.interleaving().depth().isPresent() ? Optional.of(media) : interleaved;
            }
            PlantedFault.at(description.warnings().size() > 2 & description.media().size() > 1 & interleaved.isPresent());
        } catch (SdpException refused) {
            require(!refused.getMessage().isEmpty());
        }
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new AssertionError("a value that is not allowed");
        }
    }
}
