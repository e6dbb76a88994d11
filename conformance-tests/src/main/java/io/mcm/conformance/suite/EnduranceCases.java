package io.mcm.conformance.suite;

import static io.mcm.conformance.suite.RtpStream.IDR;
import static io.mcm.conformance.suite.RtpStream.SLICE;

import java.util.ArrayList;
import java.util.List;

/** The same for long: what happens once in thousands of pictures. */
final class EnduranceCases {

    /** Pictures of the long case; a property for those who have an evening. */
    private static final int PICTURES = Integer.getInteger("mcm.conformance.pictures", 20_000);
    /** Sent before the consumer must have got them: below 24.09's C SDK's 64 buffers. */
    private static final int CHUNK = 24;
    private static final int MOST_PARTS = 9;
    private static final int RECONNECTIONS = 60;

    private EnduranceCases() {}

    static List<ConformanceCase> all() {
        return List.of(
            ConformanceCase.of(Group.ENDURANCE, "twenty-thousand-pictures", PICTURES
                + " pictures of one to nine packets, as fast as they are taken; "
                + "the sequence number wraps", "each of them, byte for byte and once",
                    "one wrong unit in thousands is seen by nobody but is there",
                EnduranceCases::manyPictures).in(Profile.MCM_24_09).proves("RFC3550-5.1-08", "RFC6184-7-01").finds(1),
            ConformanceCase.of(Group.ENDURANCE, "sessions-in-turn", RECONNECTIONS
                + " sessions on one port, one after the other, with pictures",
                "each delivers", "something is left behind by each session", EnduranceCases::inTurn).in(Profile.STRICT)
                    .finds(11));
    }

    private static void manyPictures(Scene scene) throws Exception {
        Link link = scene.link();
        for (int done = 0; done < PICTURES; done += CHUNK) {
            List<byte[]> units = new ArrayList<>();
            for (int i = 0; i < CHUNK; i++) {
                int parts = scene.random().nextInt(MOST_PARTS) + 1;
                byte[] unit = link.stream().nextPicture().unit(i == 0 ? IDR : SLICE, 10 * parts + scene.random().nextInt(40));
                units.add(unit);
                link.send(parts == 1 ? List.of(link.stream().single(unit, true)) : link.stream().fuA(unit, parts, true));
            }
            link.expect(units);
        }
    }

    private static void inTurn(Scene scene) throws Exception {
        int port = scene.freePort();
        for (int i = 0; i < RECONNECTIONS; i++) {
            try (Link link = scene.consumer(port)) {
                link.begin();
            }
            Scene.awaitFree(port);
        }
    }
}
