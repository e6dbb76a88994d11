package io.mcm.conformance.sdk;

import io.mcm.conformance.suite.CaseFailure;
import io.mcm.conformance.suite.CouldNotTest;
import io.mcm.conformance.suite.Scene;
import io.mcm.conformance.suite.TargetFacts;
import io.mcm.conformance.target.Target;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.SplittableRandom;

/** An SDK that is tried: each case starts its receiver anew. */
public final class SdkTarget implements Target {

    private final SdkCommand command;
    private boolean starts;

    public SdkTarget(SdkCommand command) {
        this.command = command;
    }

    @Override
    public String name() {
        return command.name();
    }

    @Override
    public InetSocketAddress control() {
        return null;
    }

    /** Whether the receiver can be started and asks the proxy that it is told of. */
    @Override
    public TargetFacts probe() {
        try (Scene scene = new Scene(null, TargetFacts.consumer(), new SplittableRandom(System.nanoTime()));
             SdkScene sdk = new SdkScene(command, scene)) {
            sdk.connected();
            starts = true;
            return TargetFacts.consumer();
        } catch (CaseFailure | CouldNotTest | IOException e) {
            return TargetFacts.nothing(e.getMessage());
        }
    }

    @Override
    public boolean answers() {
        return starts;
    }

    @Override
    public boolean revive() {
        return starts;
    }

    @Override
    public void close() {
        // Each case ends its receiver.
    }
}
