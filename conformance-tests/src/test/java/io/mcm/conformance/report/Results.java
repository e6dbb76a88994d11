package io.mcm.conformance.report;

import io.mcm.conformance.run.Outcome;
import io.mcm.conformance.run.RunResult;
import io.mcm.conformance.run.Verdict;
import io.mcm.conformance.suite.ConformanceCase;
import io.mcm.conformance.suite.Evidence;
import io.mcm.conformance.suite.Group;
import io.mcm.conformance.suite.Profile;
import io.mcm.conformance.suite.TargetFacts;
import io.mcm.control.DeliveryUnit;
import java.time.Instant;
import java.util.List;

/** Results as a run could have given them. */
final class Results {

    /** What a proxy could say that wants to be more than text, in a page and in XML. */
    static final String HOSTILE = "</script><!--<script>document.documentElement.dataset.broken=1</script>"
        + "<img src=x onerror='document.documentElement.dataset.broken=1'>]]>&amp;\u0000\u001b[31m\ud800%DATA%";

    private Results() {}

    /** A case of each verdict; the failed one says {@link #HOSTILE}. */
    static RunResult ofEveryVerdict(String target) {
        return new RunResult(target, new TargetFacts(DeliveryUnit.NALU, true, false, false, ""), Profile.RFC, Instant.EPOCH, 7, List.of(
            outcome(Group.RTP, "good", Verdict.PASS, ""),
            outcome(Group.RTP, "bad", Verdict.FAIL, HOSTILE),
            outcome(Group.LOSS, "known", Verdict.EXPECTED_FAILURE, "nothing (known: it is old)"),
            outcome(Group.LOSS, "mended", Verdict.UNEXPECTED_PASS, "it passed"),
            outcome(Group.MEMIF, "unreachable", Verdict.COULD_NOT_TEST, "it is on another host")));
    }

    private static Outcome outcome(Group group, String name, Verdict verdict, String actual) {
        Evidence evidence = new Evidence();
        evidence.packet(new byte[] {(byte) 0x80, 0x60, 0, 1});
        evidence.unit(new byte[] {0x65, (byte) 0x88});
        ConformanceCase tried = ConformanceCase.of(group, name, "a packet", "a NAL unit", "it is lost", _ -> {}).proves("RFC6184-5.6-01");
        return new Outcome(tried, verdict, verdict == Verdict.FAIL ? "a NAL unit" : "", actual, 1_500_000_000, 7, evidence);
    }
}
