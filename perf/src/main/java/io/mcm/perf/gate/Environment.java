package io.mcm.perf.gate;

import io.mcm.perf.memif.Placement;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a figure depends on besides the code.
 *
 * @param load        runnable threads, mean of a minute
 * @param stealTicks  hundredths of a second that the host gave to others, of all processors since boot
 * @param coreToCore  nanoseconds of a cache line from one core to another and back
 */
public record Environment(String processor, int processors, String kernel, String jdk, double load, long stealTicks, long coreToCore) {

    /** {@code cpu user nice system idle iowait irq softirq steal}, proc(5). */
    private static final int STEAL_FIELD = 8;

    public static Environment now() throws IOException, InterruptedException {
        return new Environment(processorName(), Runtime.getRuntime().availableProcessors(), System.getProperty("os.version"),
            System.getProperty("java.vm.version"), ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(), steal(),
            Placement.roundTripNanos());
    }

    private static String processorName() throws IOException {
        return Files.readAllLines(Path.of("/proc/cpuinfo")).stream().filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst().orElse(System.getProperty("os.arch"));
    }

    private static long steal() throws IOException {
        List<String> words = List.of(Files.readAllLines(Path.of("/proc/stat")).getFirst().split("\\s+"));
        return Long.parseLong(words.get(STEAL_FIELD));
    }

    /** One line for people. */
    public String describe() {
        return String.format(java.util.Locale.ROOT, "%s, %d processors, kernel %s, JDK %s, load %.1f, core to core %d ns", processor, processors,
            kernel, jdk, load, coreToCore);
    }
}
