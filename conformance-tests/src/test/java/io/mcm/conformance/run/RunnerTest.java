package io.mcm.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.conformance.suite.Catalogue;
import io.mcm.conformance.suite.ConformanceCase;
import io.mcm.conformance.suite.Profile;
import io.mcm.conformance.target.FreePort;
import io.mcm.conformance.target.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is said of a proxy that is not there, or not for long. */
@Timeout(300)
class RunnerTest {

    private static final List<ConformanceCase> TWO =
        Catalogue.all().stream().filter(each -> each.id().startsWith("rtp/single-nal-unit")).limit(2).toList();

    /** @param asked how often it was to be brought back */
    private record Somebody(InetSocketAddress control, int[] asked) implements Target {

        static Somebody at(int port) {
            return new Somebody(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), new int[1]);
        }

        @Override
        public String name() {
            return "somebody";
        }

        @Override
        public boolean revive() {
            asked[0]++;
            return false;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    private static RunResult run(Target target) throws IOException {
        return new Runner(target, Profile.STRICT, 1, Map.of(), _ -> {}).run(TWO);
    }

    /** As MCM 24.09 does with the real free(): fault 1. */
    @Test
    void aProxyThatDiesOfItsFirstSessionFailsAndIsNotWaitedForTwice() throws Exception {
        int port = FreePort.next();
        ServerSocket listener = new ServerSocket(port, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> dieOfTheFirstRequest(listener));
        Somebody mortal = Somebody.at(port);
        RunResult result = run(mortal);
        assertThat(result.facts().died()).isTrue();
        assertThat(result.outcomes()).hasSameSizeAs(TWO).allSatisfy(outcome -> {
            assertThat(outcome.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(outcome.actual()).startsWith("died of the first session: ");
        });
        assertThat(mortal.asked[0]).isEqualTo(1);
        assertThat(result.judged()).isTrue();
        assertThat(result.isGood()).isFalse();
    }

    private static void dieOfTheFirstRequest(ServerSocket listener) {
        try {
            while (true) {
                try (Socket client = listener.accept()) {
                    if (client.getInputStream().read() >= 0) {
                        listener.close();
                    }
                }
            }
        } catch (IOException _) {
            // Dead.
        }
    }

    @Test
    void whereNobodyIsThereNothingIsJudged() throws IOException {
        Somebody nobody = Somebody.at(FreePort.next());
        RunResult result = run(nobody);
        assertThat(result.outcomes()).hasSameSizeAs(TWO).allSatisfy(outcome -> assertThat(outcome.verdict()).isEqualTo(Verdict.COULD_NOT_TEST));
        assertThat(result.judged()).isFalse();
        assertThat(nobody.asked[0]).isZero();
    }
}
