package io.mcm.conformance.suite;

import static io.mcm.conformance.suite.RtpStream.IDR;
import static io.mcm.conformance.suite.RtpStream.SLICE;

import java.time.Duration;
import java.util.List;

/** The same for long: what happens once in thousands of pictures. */
final class EnduranceCases {

    /** Pictures of the long case; a property for those who have an evening. */
    private static final int PICTURES = Integer.getInteger("mcm.conformance.pictures", 20_000);
    /** Pictures from one IDR picture to the next. */
    private static final int GROUP = 24;
    private static final int MOST_PARTS = 9;
    private static final int RECONNECTIONS = 60;
    /** 24.09 looks once a second whether a consumer has mapped its memory. */
    private static final Duration IN_TURN_LAST = Duration.ofMinutes(3);

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
                    .finds(11).lasting(IN_TURN_LAST));
    }

    private static void manyPictures(Scene scene) throws Exception {
        Link link = scene.link();
        link.exchange(PICTURES, i -> {
            int parts = scene.random().nextInt(MOST_PARTS) + 1;
            byte[] unit = link.stream().nextPicture().unit(i % GROUP == 0 ? IDR : SLICE, 10 * parts + scene.random().nextInt(40));
            link.send(parts == 1 ? List.of(link.stream().single(unit, true)) : link.stream().fuA(unit, parts, true));
            return List.of(unit);
        });
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
