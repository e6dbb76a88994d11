package io.mcm.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class ControlClientTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final byte[] ID = {1, 0, 0, 0};

    @FunctionalInterface
    private interface Proxy {
        void serve(Socket client) throws IOException;
    }

    @FunctionalInterface
    private interface Conversation {
        void with(ControlClient client) throws IOException;
    }

    @Test
    void saysWhatTheCSdkSays() throws IOException {
        byte[] memif = HexFile.read("memif_conn_param");
        play(proxy -> {
            assertThat(proxy.getInputStream().readNBytes(316)).isEqualTo(HexFile.read("recorded_create"));
            proxy.getOutputStream().write(ID);
            assertThat(proxy.getInputStream().readNBytes(16)).isEqualTo(HexFile.read("recorded_query"));
            proxy.getOutputStream().write(memif);
            assertThat(proxy.getInputStream().readNBytes(16)).isEqualTo(HexFile.read("recorded_destroy"));
        }, client -> {
            assertThat(client.create(ConnectionParam.receiveH264(9001))).isEqualTo(1);
            assertThat(client.query(1)).isEqualTo(MemifParamDescriptor.decode(memif));
            client.destroy(1);
            client.awaitEnd();
        });
    }

    @Test
    void endReturnsWhenTheProxyCloses() throws IOException {
        CompletableFuture<Void> destroyed = new CompletableFuture<>();
        play(proxy -> {
            assertThat(proxy.getInputStream().readAllBytes()).as("nothing after DESTROY").isEqualTo(HexFile.read("recorded_destroy"));
            destroyed.complete(null);
        }, client -> {
            assertThat(client.end(1, TIMEOUT)).isTrue();
            assertThat(destroyed).isCompleted();
        });
    }

    @Test
    void endGivesUpWhereTheProxyDoesNotClose() throws IOException {
        CompletableFuture<Void> over = new CompletableFuture<>();
        play(_ -> over.join(), client -> {
            assertThat(client.end(1, Duration.ofMillis(50))).isFalse();
            over.complete(null);
        });
    }

    @Test
    void completesAnAnswerThatComesByteByByte() throws IOException {
        byte[] memif = HexFile.read("memif_conn_param");
        play(proxy -> {
            proxy.setTcpNoDelay(true);
            for (byte b : memif) {
                proxy.getOutputStream().write(b);
            }
            proxy.getInputStream().readAllBytes();
        }, client -> assertThat(client.query(1).bufferSize()).isEqualTo(5_184_000));
    }

    @Test
    void endOfStreamInsteadOfTheIdIsARefusal() throws IOException {
        play(proxy -> proxy.getInputStream().readNBytes(316),
            client -> assertThatThrownBy(() -> client.create(ConnectionParam.receiveH264(9001)))
                .isInstanceOf(SessionRefusedException.class).hasMessageContaining("refused the session; see its log"));
    }

    @Test
    void aResetInsteadOfTheIdIsARefusal() throws IOException {
        play(proxy -> {
            // Not before the client has connected and asks.
            proxy.getInputStream().readNBytes(1);
            proxy.setSoLinger(true, 0);
        },
            client -> assertThatThrownBy(() -> client.create(ConnectionParam.receiveH264(9001)))
                .isInstanceOf(SessionRefusedException.class));
    }

    @Test
    void endOfStreamInTheMiddleOfTheAnswerIsNamed() throws IOException {
        play(proxy -> {
            proxy.getInputStream().readNBytes(16);
            proxy.getOutputStream().write(Arrays.copyOf(HexFile.read("memif_conn_param"), 100));
        }, client -> assertThatThrownBy(() -> client.query(1))
            .isInstanceOf(ProtocolException.class).hasMessageContaining("closed instead of describing session 1"));
    }

    @Test
    void sessionIdZeroIsRefused() throws IOException {
        play(proxy -> {
            proxy.getInputStream().readNBytes(316);
            proxy.getOutputStream().write(new byte[4]);
        }, client -> assertThatThrownBy(() -> client.create(ConnectionParam.receiveH264(9001)))
            .hasMessageContaining("session id 0"));
    }

    @Test
    void aProxyThatNeverAnswersIsGivenUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
             ControlClient client = ControlClient.connect(address(silent), Duration.ofMillis(100))) {
            assertThatThrownBy(() -> client.create(ConnectionParam.receiveH264(9001)))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageMatching("no answer to CREATE_SESSION from the proxy at .*:\\d+ within 100 ms");
        }
    }

    @Test
    void aProxyThatIsNotThereIsNamed() throws IOException {
        InetSocketAddress free;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = address(closed);
        }
        assertThatThrownBy(() -> ControlClient.connect(free, TIMEOUT))
            .isInstanceOf(IOException.class)
            .hasMessage("no media proxy at " + free.getHostString() + ":" + free.getPort() + ": Connection refused");
    }

    @Test
    void anUnknownHostIsNamed() {
        assertThatThrownBy(() -> ControlClient.connect(InetSocketAddress.createUnresolved("no.such.host", 8002), TIMEOUT))
            .hasMessage("no media proxy at no.such.host:8002: unknown host");
    }

    private static void play(Proxy proxy, Conversation conversation) throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> {
                try (Socket socket = listener.accept()) {
                    proxy.serve(socket);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }, Thread::startVirtualThread);
            try (ControlClient client = ControlClient.connect(address(listener), TIMEOUT)) {
                conversation.with(client);
            }
            served.join();
        }
    }

    private static InetSocketAddress address(ServerSocket listener) {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }
}
