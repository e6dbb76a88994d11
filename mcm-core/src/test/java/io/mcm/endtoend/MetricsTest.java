package io.mcm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.control.DeliveryUnit;
import io.mcm.proxy.MetricsEndpoint;
import io.mcm.proxy.SessionReport;
import io.mcm.rtp.RtpCounter;
import io.mcm.rtp.RtpDatagram;
import io.mcm.sdk.McmConnection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(300)
class MetricsTest {

    private static final String TEXT = "text/plain; version=0.0.4";
    /** 320x240, Constrained Baseline level 1.3. */
    private static final String SPS = "6742c00dda0507ec0440000003004000000c83c50aa8";

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private Mesh mesh;
    private MetricsEndpoint metrics;

    @BeforeEach
    void start() throws IOException {
        mesh = Mesh.start(folder, DeliveryUnit.NALU);
        metrics = MetricsEndpoint.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), mesh.proxy);
    }

    @AfterEach
    void close() {
        metrics.close();
        mesh.close();
        http.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + metrics.address().getPort() + path));
    }

    private PrometheusText scrape() throws Exception {
        HttpResponse<String> answer = http.send(request("/metrics").build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith(TEXT);
        return PrometheusText.parse(answer.body());
    }

    private static Map<String, String> labels(McmConnection consumer, int port) {
        return Map.of("session", Integer.toString(consumer.sessionId()), "port", Integer.toString(port));
    }

    /** Returns when the proxy and the consumer are done with them. */
    private void send(Camera camera, McmConnection consumer, int port, int units) throws IOException {
        for (int i = 0; i < units; i++) {
            camera.accessUnit(100);
            assertThat(Mesh.take(consumer, 1)).hasSize(1);
        }
        mesh.awaitPackets(port, camera.datagrams());
    }

    @Test
    void everyCounterOfEverySessionIsTheReports() throws Exception {
        int port = Mesh.freePort();
        int otherPort = Mesh.freePort();
        try (McmConnection consumer = mesh.consumer(port); McmConnection other = mesh.consumer(otherPort); Camera camera = new Camera(port)) {
            send(camera, consumer, port, 3);
            PrometheusText text = scrape();
            SessionReport report = mesh.report(port);
            assertThat(text.value("mcm_rtp_packets_total", labels(consumer, port))).isEqualTo(3).isEqualTo(report.count(RtpCounter.PACKETS));
            assertThat(text.value("mcm_rtp_packets_total", labels(other, otherPort))).isZero();
            assertThat(text.value("mcm_sessions", Map.of())).isEqualTo(2);
            assertThat(text.value("mcm_worker_ports", Map.of("worker", "mcm-worker-0"))).isEqualTo(2);
            assertThat(text.value("mcm_worker_longest_turn_seconds", Map.of("worker", "mcm-worker-0"))).isBetween(1e-7, 10.0);
            report.counts().forEach((counter, value) -> {
                String name = text.helps().keySet().stream().filter(family -> family.matches("mcm_([a-z0-9]+_)?" + counter.label() + "_total"))
                    .reduce((a, b) -> a.length() < b.length() ? a : b).orElseThrow(() -> new AssertionError(counter.label()));
                assertThat(text.value(name, labels(consumer, port))).as(name).isEqualTo((double) value);
                assertThat(text.helps()).containsEntry(name, counter.sentence());
            });
        }
    }

    @Test
    void theDelayOfEveryUnitAndTheSizeOfEveryTurnAreInTheHistograms() throws Exception {
        int port = Mesh.freePort();
        try (McmConnection consumer = mesh.consumer(port); Camera camera = new Camera(port)) {
            long before = System.nanoTime();
            send(camera, consumer, port, 5);
            Mesh.await(() -> mesh.report(port).delay().count() == 5);
            PrometheusText text = scrape();
            // Of each of the five, for they may overlap.
            double most = 5 * (System.nanoTime() - before) / 1e9;
            Map<String, String> labels = labels(consumer, port);
            assertThat(text.value("mcm_delivery_delay_seconds_count", labels)).isEqualTo(text.value("mcm_delivery_units_total", labels));
            assertThat(text.value("mcm_delivery_delay_seconds_sum", labels)).isPositive().isLessThan(most);
            assertThat(text.value("mcm_ingest_turn_datagrams_sum", labels)).isEqualTo(5);
            assertThat(text.buckets("mcm_ingest_turn_datagrams", labels)).contains(Map.entry(8.0, text.value("mcm_ingest_turn_datagrams_count", labels)));
        }
    }

    @Test
    void theSourceAndItsVideoAreToldFromTheFirstPacketsOn() throws Exception {
        int port = Mesh.freePort();
        try (McmConnection consumer = mesh.consumer(port); Camera camera = new Camera(port)) {
            assertThat(scrape().samples("mcm_stream_info")).isEmpty();
            camera.raw(RtpDatagram.of(1).payload(HexFormat.of().parseHex(SPS)).bytes());
            camera.raw(RtpDatagram.of(2).payload((byte) 0x65, (byte) 0x88).marker().bytes());
            mesh.awaitPackets(port, 2);
            PrometheusText text = scrape();
            assertThat(text.samples("mcm_stream_info").keySet()).singleElement().satisfies(labels -> assertThat(labels)
                .containsAllEntriesOf(labels(consumer, port)).containsEntry("ssrc", "0xcafe0001").containsEntry("profile", "Constrained Baseline")
                .containsEntry("level", "1.3").containsEntry("width", "320").containsEntry("height", "240"));
            assertThat(text.value("mcm_rtp_jitter_seconds", labels(consumer, port))).isBetween(0.0, 1.0);
        }
    }

    @Test
    void aSessionThatHasEndedIsNotThere() throws Exception {
        int port = Mesh.freePort();
        mesh.consumer(port).close();
        Mesh.await(() -> mesh.proxy.reports().isEmpty());
        PrometheusText text = scrape();
        assertThat(text.value("mcm_sessions", Map.of())).isZero();
        assertThat(text.samples("mcm_rtp_packets_total")).isEmpty();
    }

    /** The last is what Prometheus 3 asks for where native histograms are on. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        */*                                                                                     | text/plain; version=0.0.4
        application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3         | application/openmetrics-text; version=1.0.0
        application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6,text/plain;version=0.0.4;q=0.3 | text/plain; version=0.0.4
        """)
    void theFormatIsOneThatWasAskedFor(String accepted, String type) throws Exception {
        HttpResponse<String> answer =
            http.send(request("/metrics").header("Accept", accepted).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith(type);
        assertThat(answer.body()).contains("# HELP mcm_sessions Sessions that are open\n");
    }

    @Test
    void anAnswerIsZippedForWhoTakesThat() throws Exception {
        HttpResponse<byte[]> answer =
            http.send(request("/metrics").header("Accept-Encoding", "gzip").build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
        try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            PrometheusText.parse(new String(unzipped.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @CsvSource({"GET, /metricsandmore, 404", "GET, /, 404", "POST, /metrics, 405"})
    void whatIsNotThereIsNotServed(String method, String path, int status) throws Exception {
        HttpRequest request = request(path).method(method, HttpRequest.BodyPublishers.noBody()).build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(status);
    }

    @Test
    void aTakenPortIsToldByItsAddress() {
        assertThatThrownBy(() -> MetricsEndpoint.start(metrics.address(), mesh.proxy)).isInstanceOf(IOException.class)
            .hasMessageContaining(":" + metrics.address().getPort()).hasMessageContaining("in use");
    }
}
