package io.mcm.perf.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class CalibrationTest {

    @Test
    void everyFigureIsOfTheRightOrderOfMagnitude() throws InterruptedException {
        Calibration calibration = Calibration.measure();
        assertThat(calibration.copyPacket()).as("no memory copies 1 TB/s").isBetween(1.4, 1e6);
        assertThat(calibration.copyMegabyte()).isBetween(1e3, 1e9).isGreaterThan(calibration.copyPacket());
        assertThat(calibration.wakeUp()).as("a thread is woken through the kernel").isBetween(500.0, 1e9);
        assertThat(calibration.wakeUpP99()).isGreaterThanOrEqualTo(calibration.wakeUp());
        assertThat(calibration.send()).as("a system call, a copy and a lookup").isBetween(200.0, 1e8);
        assertThat(calibration.receive()).isBetween(50.0, 1e8);
        assertThat(calibration.coreToCore()).isPositive();
    }

    @Test
    void aHandOverIsItsPacketsAndTwoWakeUps() {
        Calibration calibration = new Calibration(40, 30_000, 60, 30_000, 90_000, 3_000, 500);
        assertThat(calibration.handOver(12)).isEqualTo(12 * 3_000 + 500 + 60_000);
    }
}
