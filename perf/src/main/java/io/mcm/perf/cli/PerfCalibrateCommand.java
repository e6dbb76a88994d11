package io.mcm.perf.cli;

import io.mcm.cli.ExitCode;
import io.mcm.perf.calibration.Calibration;
import io.mcm.perf.gate.Environment;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mcm perf calibrate}: what the machine itself can do just now. */
@Command(
    name = "calibrate",
    description = "Measures this machine: memory copies, distance of the cores, waking a thread, a datagram over loopback.",
    mixinStandardHelpOptions = true)
public final class PerfCalibrateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        out.println(Environment.now().describe());
        Calibration calibration = Calibration.measure();
        out.printf("%n| calibration | ns |%n|---|---|%n");
        row(out, "copy of 1,400 bytes", calibration.copyPacket());
        row(out, "copy of 1 MiB", calibration.copyMegabyte());
        row(out, "cache line from core to core and back", calibration.coreToCore());
        row(out, "eventfd wake-up of a sleeping thread, p50", calibration.wakeUp());
        row(out, "eventfd wake-up of a sleeping thread, p99", calibration.wakeUpP99());
        row(out, "loopback, 1,400 bytes: to send one", calibration.send());
        row(out, "loopback, 1,400 bytes: to receive one with recvmmsg, 64 slots", calibration.receive());
        out.flush();
        return ExitCode.GOOD;
    }

    private static void row(PrintWriter out, String name, double nanos) {
        out.printf(Locale.ROOT, "| %s | %.0f |%n", name, nanos);
    }
}
