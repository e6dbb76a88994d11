package io.mcm.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.control.DeliveryUnit;
import io.mcm.foreign.SystemCallException;
import io.mcm.ingest.KernelTransport;
import io.mcm.proxy.delivery.DeliveryCounter;
import io.mcm.rtp.RtpCounter;
import io.mcm.rtp.RtpDatagram;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class CamerasTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    private Path folder;

    private Cameras cameras(int workers) {
        return new Cameras(new SessionConfig(LOOPBACK, folder, DeliveryUnit.NALU, 2048, 4), new KernelTransport(), workers);
    }

    private static int freePort() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }

    private static void send(int port, int sequence) throws Exception {
        byte[] bytes = RtpDatagram.of(sequence).marker().bytes();
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(bytes, bytes.length, LOOPBACK, port));
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private static List<Integer> ports(Cameras cameras) {
        return cameras.workerReports().stream().map(WorkerReport::ports).toList();
    }

    private static Session open(Cameras cameras, int id, int port) {
        return cameras.open(id, new InetSocketAddress(LOOPBACK, port), null);
    }

    @Test
    void aPortGoesToTheWorkerWithTheFewestAndStaysThere() throws Exception {
        try (Cameras cameras = cameras(3)) {
            List<Session> sessions = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                sessions.add(open(cameras, i, freePort()));
            }
            assertThat(ports(cameras)).containsExactly(3, 2, 2);
            cameras.end(sessions.get(1));
            cameras.end(sessions.get(4));
            assertThat(ports(cameras)).containsExactly(3, 0, 2);
            open(cameras, 8, freePort());
            assertThat(ports(cameras)).containsExactly(3, 1, 2);
        }
    }

    @Test
    void sessionsOfOnePortShareItsSocketAndItsWorker() throws Exception {
        int port = freePort();
        try (Cameras cameras = cameras(2)) {
            Session first = open(cameras, 1, port);
            Session second = open(cameras, 2, port);
            assertThat(second.port()).isSameAs(first.port());
            assertThat(second.memifParam().socketPath()).isNotEqualTo(first.memifParam().socketPath());
            assertThat(ports(cameras)).containsExactly(1, 0);
            send(port, 1);
            await(() -> first.deliveryCounters().get(DeliveryCounter.NO_CONSUMER) == 1);
            await(() -> second.deliveryCounters().get(DeliveryCounter.NO_CONSUMER) == 1);
            assertThat(first.port().rtpCounters().get(RtpCounter.PACKETS)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void sessionsMayEndInAnyOrderAndTheLastOneClosesThePort(int workers) throws Exception {
        Random random = new Random(7);
        try (Cameras cameras = cameras(workers)) {
            for (int round = 0; round < 20; round++) {
                int port = freePort();
                List<Session> sessions = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    sessions.add(open(cameras, 4 * round + i, port));
                }
                Collections.shuffle(sessions, random);
                while (!sessions.isEmpty()) {
                    Session left = sessions.getLast();
                    int sent = 5 - sessions.size();
                    send(port, sent);
                    await(() -> left.deliveryCounters().get(DeliveryCounter.NO_CONSUMER) == sent);
                    cameras.end(sessions.removeFirst());
                }
                new DatagramSocket(port, LOOPBACK).close();
            }
            assertThat(ports(cameras)).containsOnly(0);
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void aPortThatBrokeIsOpenedAgain() throws Exception {
        int port = freePort();
        try (Cameras cameras = cameras(1)) {
            Session broken = open(cameras, 1, port);
            // What a fault does.
            broken.port().fail(new IllegalStateException("made to fail"));
            send(port, 1);
            await(() -> !broken.port().isOpen());
            Session again = open(cameras, 2, port);
            cameras.end(broken);
            send(port, 2);
            await(() -> again.deliveryCounters().get(DeliveryCounter.NO_CONSUMER) == 1);
            cameras.end(again);
            assertThat(ports(cameras)).containsExactly(0);
        }
    }

    @Test
    void aPortThatCannotBeHadLeavesNothing() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(0, LOOPBACK); Cameras cameras = cameras(1)) {
            assertThatThrownBy(() -> open(cameras, 1, taken.getLocalPort())).isInstanceOf(SystemCallException.class);
            assertThat(ports(cameras)).containsExactly(0);
            assertThat(folder).isEmptyDirectory();
        }
    }
}
