package io.mcm.perf.cli;

import io.mcm.cli.Arguments;
import io.mcm.cli.ExitCode;
import io.mcm.perf.udp.UdpComparison;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcm perf udp}: the ways to receive UDP, side by side. */
@Command(
    name = "udp",
    description = "Compares ways to receive UDP over loopback, single datagrams and trains of them (GSO), in one run.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class PerfUdpCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "50000",
        description = "Packets a second at which the cost of one is measured (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5", description = "Rounds of each cell (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--millis", paramLabel = "MS", defaultValue = "400", description = "Length of one measurement (default: ${DEFAULT-VALUE}).")
    private int millis;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Arguments.require(spec, rate >= 1000, "--rate " + rate + ", allowed are 1000 and more");
        Arguments.require(spec, rounds >= 1, "--rounds " + rounds + ", allowed are 1 and more");
        Arguments.require(spec, millis >= 50, "--millis " + millis + ", allowed are 50 and more");
        new UdpComparison(rate, millis, rounds).run(new PrintWriter(System.out, true));
        return ExitCode.GOOD;
    }
}
