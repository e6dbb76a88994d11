package io.mcm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.cli.Finding.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {

    @TempDir
    private Path root;

    @Test
    void onAnEmptyMachineEverythingOptionalIsMissingWithItsRemedyAndTheDefaultsRun() {
        List<Finding> findings = new Diagnosis(new Machine(root, "", "", "", "")).findings();
        assertThat(findings).filteredOn(finding -> finding.state() == State.OPTIONAL).extracting(Finding::what).containsExactly(
            "/run/mcm", "rmem_max", "libpcap", "ffmpeg", "dpdk-testpmd", "libmemif", "libmtl", "huge pages", "raw sockets",
            "MtlManager");
        assertThat(findings).allSatisfy(finding -> assertThat(finding.remedy().isEmpty()).isEqualTo(finding.state() == State.OK));
        assertThat(DoctorCommand.exitCode(findings)).isEqualTo(ExitCode.GOOD);
    }

    @Test
    void onAFullMachineEverythingIsOk() throws IOException {
        file("usr/lib/x86_64-linux-gnu/libpcap.so.0.8", "");
        file("usr/local/lib/libmemif.so", "");
        file("opt/mtl/libmtl.so", "");
        file("bin/ffmpeg", "").toFile().setExecutable(true);
        file("bin/dpdk-testpmd", "").toFile().setExecutable(true);
        file("proc/sys/net/core/rmem_max", "4194304\n");
        file("sys/kernel/mm/hugepages/hugepages-2048kB/free_hugepages", "8\n");
        file("proc/self/status", "Name:\tjava\nCapEff:\t0000000000002000\n");
        file("run/imtl/mtl_manager.sock", "");
        Files.createDirectories(root.resolve("run/mcm"));
        Machine machine = new Machine(root, root.resolve("bin").toString(), root.resolve("opt/mtl").toString(), "", "");
        assertThat(new Diagnosis(machine, path -> "loaded " + path, path -> "loaded " + path).findings())
            .allSatisfy(finding -> assertThat(finding.state()).isEqualTo(State.OK));
    }

    @Test
    void libmemifIsLoadedFromWhereTheEnvironmentSaysAndAFileThatIsNoneIsMissingWithTheLoadersReason() throws IOException {
        String file = file("opt/memif.so", "no library").toString();
        Finding loaded = libmemif(new Diagnosis(new Machine(root, "", "", file, ""), path -> "loaded " + path, path -> path));
        assertThat(loaded).isEqualTo(Finding.ok("libmemif", "loaded " + file));
        Finding refused = libmemif(new Diagnosis(new Machine(root, "", "", file, "")));
        assertThat(refused.state()).isEqualTo(State.OPTIONAL);
        assertThat(refused.detail()).contains(file);
        assertThat(refused.remedy()).contains("MCM_LIBMEMIF");
    }

    private static Finding libmemif(Diagnosis diagnosis) {
        return finding(diagnosis, "libmemif");
    }

    private static Finding finding(Diagnosis diagnosis, String what) {
        return diagnosis.findings().stream().filter(finding -> finding.what().equals(what)).findFirst().orElseThrow();
    }

    @Test
    void libmtlIsLoadedFromWhereTheEnvironmentSaysAndAFileThatIsNoneIsMissingWithTheLoadersReason() throws IOException {
        String file = file("opt/mtl.so", "no library").toString();
        Machine machine = new Machine(root, "", "", "", file);
        assertThat(finding(new Diagnosis(machine, path -> path, path -> path + " 26.1.0.REL"), "libmtl"))
            .isEqualTo(Finding.ok("libmtl", file + " 26.1.0.REL"));
        Finding refused = finding(new Diagnosis(machine), "libmtl");
        assertThat(refused.state()).isEqualTo(State.OPTIONAL);
        assertThat(refused.detail()).contains(file);
        assertThat(refused.remedy()).contains("MCM_LIBMTL");
    }

    @Test
    void aSettingOfTheRunningKernelIsReadToItsLastDigit() {
        long leastPidMax = 301; // PIDS_PER_CPU_MIN and RESERVED_PIDS of the kernel's pid.c
        assertThat(Machine.local().kernelSetting("kernel/pid_max")).isGreaterThanOrEqualTo(leastPidMax);
    }

    @Test
    void anOldJdkIsMissingAndMeansExitCode3() {
        Finding finding = Diagnosis.jdk(Runtime.Version.parse("24.0.2"));
        assertThat(finding.line()).startsWith("missing   JDK ").contains("24.0.2, at least 25").contains("-> apt-get install");
        assertThat(DoctorCommand.exitCode(List.of(finding))).isEqualTo(ExitCode.ENVIRONMENT);
    }

    @Test
    void aSystemCallThatFailsIsMissingWithItsReason() {
        Finding finding = Diagnosis.tried("memif builtin", "works", () -> {
            throw new IllegalStateException("memfd_create: EPERM");
        });
        assertThat(finding.state()).isEqualTo(State.MISSING);
        assertThat(finding.detail()).isEqualTo("memfd_create: EPERM");
    }

    private Path file(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }
}
