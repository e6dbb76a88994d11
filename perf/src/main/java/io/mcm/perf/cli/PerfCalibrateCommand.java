package io.mcm.perf.cli;

import io.mcm.cli.ExitCode;
import io.mcm.perf.calibration.Calibration;
import io.mcm.perf.calibration.CalibrationFigure;
import io.mcm.perf.gate.Environment;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
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
        List<CalibrationFigure> figures = Calibration.measure().figures();
        out.printf("%n| calibration | ns |%n|---|---|%n");
        figures.forEach(figure -> out.printf(Locale.ROOT, "| %s | %.0f |%n", figure.name(), figure.value()));
        out.flush();
        return ExitCode.GOOD;
    }
}
