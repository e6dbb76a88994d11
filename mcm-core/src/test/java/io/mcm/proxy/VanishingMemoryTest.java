package io.mcm.proxy;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.control.DeliveryUnit;
import io.mcm.foreign.UnfitDescriptors;
import io.mcm.ingest.KernelSource;
import io.mcm.memif.MemifEngine;
import io.mcm.memif.builtin.BuiltinEngine;
import io.mcm.proxy.delivery.DeliveryCounter;
import io.mcm.rtp.RtpDatagram;
import java.lang.foreign.MemorySegment;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Memory that goes away under a mapping. A peer cannot do that to us, for the builtin engine takes sealed memory only; but were there a way, the
 * JVM turns SIGBUS into an InternalError, and that ends one session and not the proxy. In a process of its own, in case it does not.
 */
@Timeout(300)
class VanishingMemoryTest {

    private static final int LENGTH = 1 << 16;
    /** Calls after which the code that touches the memory is compiled by C1 and by C2. */
    private static final int WARM = 30_000;
    private static final int SURVIVED = 7;

    @TempDir
    Path dir;

    @Test
    void isAnErrorInOneSessionAndNotTheEndOfTheJvm() throws Exception {
        Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED", "-XX:-CreateCoredumpOnCrash", "-Xmx64m", "-cp", System.getProperty("java.class.path"),
            Child.class.getName(), dir.toString()).redirectErrorStream(true).start();
        String output = new String(child.getInputStream().readAllBytes());
        assertThat(child.waitFor()).as(output).isEqualTo(SURVIVED);
        assertThat(output).contains("session 2 ended, a fault of the proxy: java.lang.InternalError");
    }

    /** The process of its own. Argument: a folder for sockets. */
    static final class Child {

        /** A load that nobody asks for would be left out. */
        private static volatile byte loaded;

        private Child() {}

        public static void main(String[] args) throws Exception {
            touch("load", memory -> at -> loaded = memory.get(JAVA_BYTE, at));
            touch("store", memory -> at -> memory.set(JAVA_BYTE, at, (byte) 1));
            touch("copy", memory -> at -> MemorySegment.copy(new byte[64], 0, memory, JAVA_BYTE, at, 64));
            touch("fill", memory -> at -> memory.asSlice(at, 64).fill((byte) 1));
            UnfitDescriptors.withVanishingMemory(LENGTH, memory -> () -> sessions(Path.of(args[0]), new VanishingEngine(memory)));
            System.exit(SURVIVED);
        }

        private interface Access {
            IntConsumer to(MemorySegment memory);
        }

        private static void touch(String how, Access access) {
            UnfitDescriptors.withVanishingMemory(LENGTH, memory -> {
                IntConsumer touch = access.to(memory);
                for (int i = 0; i < WARM; i++) {
                    touch.accept(i % 4096);
                }
                return () -> {
                    for (int i = 0; i < 10; i++) {
                        assertThatThrownBy(() -> touch.accept(8192)).as(how).isInstanceOf(InternalError.class);
                    }
                };
            });
        }

        private static void sessions(Path folder, MemifEngine vanishing) {
            Worker worker = new Worker("worker-of-child", System::nanoTime);
            try {
                Session good = begin(worker, 1, folder, new BuiltinEngine());
                Session bad = begin(worker, 2, folder, vanishing);
                int badPort = bad.port().number();
                send(bad.port().number());
                await(() -> isFree(badPort));
                send(good.port().number());
                await(() -> good.deliveryCounters().get(DeliveryCounter.NO_CONSUMER) == 1);
            } catch (Exception e) {
                throw new AssertionError(e);
            } finally {
                worker.close();
            }
        }

        private static Session begin(Worker worker, int id, Path folder, MemifEngine engine) {
            SessionConfig config = new SessionConfig(InetAddress.getLoopbackAddress(), folder, DeliveryUnit.NALU, 2048, 4).withEngine(engine);
            KernelSource source = KernelSource.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return Sessions.begin(worker, id, source, null, config);
        }

        private static boolean isFree(int port) {
            try (DatagramSocket socket = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
                return socket.isBound();
            } catch (SocketException taken) {
                return false;
            }
        }

        private static void send(int port) throws Exception {
            byte[] bytes = RtpDatagram.of(1).marker().bytes();
            try (DatagramSocket socket = new DatagramSocket()) {
                socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
            }
        }

        private static void await(BooleanSupplier condition) throws InterruptedException {
            for (int i = 0; !condition.getAsBoolean(); i++) {
                if (i == 60_000) {
                    throw new AssertionError("waited 60 s");
                }
                TimeUnit.MILLISECONDS.sleep(1);
            }
        }
    }
}
