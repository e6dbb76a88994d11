package io.mcm.rtp;

import io.mcm.FuzzSeeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReceiverSeedsTest {

    private static final int OTHER = 0xB;
    /** Squared, in ms: more than the source timeout. */
    private static final int LONG_PAUSE = 60;

    @Test
    void theSeedsAreWhatMayHappenToAStream() throws IOException {
        FuzzSeeds.check(ReceiverFuzzTest.class, "anyDatagrams", Map.of(
            "in order", input(0, packets(0xfffe, 0xffff, 0, 1)),
            "reordered and duplicated", input(0, packets(1, 3, 2, 2, 4, 3)),
            "lost beyond the window", input(0, packets(1, 30, 31)),
            "lost beyond the time", input(15, packets(1, 3, 4)),
            "restarted", input(0, packets(1, 2, 30_000, 30_001, 30_002)),
            "another source", input(0, Stream.concat(packets(1, 2), packets(7, 8).map(packet -> packet.ssrc(OTHER)))),
            "another source after a silence",
            input(LONG_PAUSE, Stream.concat(packets(1, 2), packets(7, 8).map(packet -> packet.ssrc(OTHER)))),
            "csrcs extension padding", input(0, Stream.of(RtpDatagram.of(1).csrcs(1, 2).extension(0xbede, (byte) 0x10, (byte) 7,
                (byte) 0, (byte) 0).padding(4))),
            "rtcp", new byte[] {7, 0, 8, (byte) 0x80, (byte) 201, 0, 1, 0, 0, 0, 1}));
    }

    private static Stream<RtpDatagram> packets(int... sequences) {
        return IntStream.of(sequences).mapToObj(RtpDatagram::of);
    }

    private static byte[] input(int pause, Stream<RtpDatagram> packets) {
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        input.write(7);
        packets.map(RtpDatagram::bytes).forEach(bytes -> {
            input.write(pause);
            input.write(bytes.length);
            input.writeBytes(bytes);
        });
        return input.toByteArray();
    }
}
