package io.mcm.conformance.suite;

import io.mcm.conformance.requirement.Requirement;
import java.time.Duration;
import java.util.List;

/**
 * One thing that a proxy is tried with.
 *
 * @param id           stable, group and words: {@code rtp/fu-a-in-three}
 * @param profile      the least that demands it
 * @param requirements ids of the rules that it proves, such as {@code RFC6184-5.8-03}
 * @param faults       numbers of the faults of MCM 24.09 that it would find (facts of its data path, 1 to 28); mostly none
 * @param sends        what it sends, one sentence
 * @param expects      what must come of it, one sentence
 * @param why          what goes wrong for a user where it does not
 * @param longest      how long it may take; a case that takes longer has been hung by the proxy
 */
public record ConformanceCase(String id, Group group, Profile profile, List<String> requirements, List<Integer> faults, String sends,
        String expects, String why, Duration longest, Body body) {

    private static final String ID = "[a-z]+/[a-z0-9]+(-[a-z0-9.]+)*";
    /** Of a capture: the file's name. */
    private static final String FILE_ID = "pcap/[^/\\s]+";
    /** Many times what any case of the catalogue takes on a busy machine. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** Plays the case. */
    @FunctionalInterface
    public interface Body {

        /**
         * @throws CaseFailure  where the proxy did wrong
         * @throws CouldNotTest where the proxy cannot be tried with it
         */
        void play(Scene scene) throws Exception;
    }

    public ConformanceCase {
        if (!id.matches(group == Group.PCAP ? FILE_ID : ID) || !id.startsWith(group.prefix())) {
            throw new IllegalArgumentException("case '" + id + "'; allowed are its group, a slash and words such as rtp/fu-a-in-three");
        }
        for (String requirement : requirements) {
            if (!Requirement.ID.matcher(requirement).matches()) {
                throw new IllegalArgumentException("case " + id + ": requirement '" + requirement + "' is no id");
            }
        }
        requirements = List.copyOf(requirements);
        faults = List.copyOf(faults);
    }

    /** A case without requirement and fault yet, of profile rfc. */
    public static ConformanceCase of(Group group, String name, String sends, String expects, String why, Body body) {
        return new ConformanceCase(group.prefix() + name, group, Profile.RFC, List.of(), List.of(), sends, expects, why, LONGEST, body);
    }

    public ConformanceCase proves(String... ids) {
        return new ConformanceCase(id, group, profile, List.of(ids), faults, sends, expects, why, longest, body);
    }

    public ConformanceCase in(Profile least) {
        return new ConformanceCase(id, group, least, requirements, faults, sends, expects, why, longest, body);
    }

    public ConformanceCase finds(Integer... numbers) {
        return new ConformanceCase(id, group, profile, requirements, List.of(numbers), sends, expects, why, longest, body);
    }

    /** One that has reason to take long. */
    public ConformanceCase lasting(Duration atMost) {
        return new ConformanceCase(id, group, profile, requirements, faults, sends, expects, why, atMost, body);
    }
}
