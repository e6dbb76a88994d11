package io.mcm.conformance.mutant;

import io.mcm.conformance.target.InProcess;
import io.mcm.conformance.target.Target;
import java.io.IOException;
import java.net.InetSocketAddress;

/** A mutant that is tried: its proxy in this process, and its control port before it. */
final class MutantTarget implements Target {

    private final Mutant mutant;
    private final InProcess proxy;
    private FaultyControl control;

    MutantTarget(Mutant mutant) throws IOException {
        this.mutant = mutant;
        proxy = new InProcess(mutant.name(), mutant::start);
        control = new FaultyControl(proxy.control(), mutant.control().get());
    }

    @Override
    public String name() {
        return mutant.name();
    }

    @Override
    public InetSocketAddress control() {
        return control.address();
    }

    @Override
    public boolean revive() throws IOException {
        control.close();
        boolean revived = proxy.revive();
        control = new FaultyControl(proxy.control(), mutant.control().get());
        return revived;
    }

    @Override
    public void close() {
        control.close();
        proxy.close();
    }
}
