package io.mcm.proxy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

/**
 * Serves the sessions' figures at {@code /metrics}, in Prometheus' text format (version 0.0.4) or, to who accepts it, OpenMetrics' text. They are
 * read when asked for.
 */
public final class MetricsEndpoint implements AutoCloseable {

    private static final String PATH = "/metrics";
    private static final ExpositionFormats FORMATS = ExpositionFormats.init();

    private final HttpServer server;
    /** A client that does not read its answer holds up no other. */
    private final ExecutorService answers = Executors.newVirtualThreadPerTaskExecutor();

    private MetricsEndpoint(HttpServer server, MediaProxy proxy) {
        this.server = server;
        server.setExecutor(answers);
        server.createContext(PATH, exchange -> answer(exchange, proxy));
        server.start();
    }

    /** @throws IOException naming the address, where it cannot be had */
    public static MetricsEndpoint start(InetSocketAddress address, MediaProxy proxy) throws IOException {
        try {
            return new MetricsEndpoint(HttpServer.create(address, 0), proxy);
        } catch (IOException e) {
            throw new IOException("metrics at " + address.getHostString() + ":" + address.getPort() + ": " + e.getMessage(), e);
        }
    }

    /** Where it serves. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private static void answer(HttpExchange exchange, MediaProxy proxy) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(PATH)) {
                exchange.sendResponseHeaders(404, -1);
            } else if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                exchange.sendResponseHeaders(405, -1);
            } else {
                show(exchange, proxy);
            }
        }
    }

    private static void show(HttpExchange exchange, MediaProxy proxy) throws IOException {
        ExpositionFormatWriter format = format(header(exchange, "Accept"));
        boolean zipped = header(exchange, "Accept-Encoding").contains("gzip");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (OutputStream out = zipped ? new GZIPOutputStream(body) : body) {
            format.write(out, Exposition.of(proxy.reports(), proxy.workerReports()));
        }
        exchange.getResponseHeaders().set("Content-Type", format.getContentType());
        if (zipped) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        }
        exchange.sendResponseHeaders(200, body.size());
        body.writeTo(exchange.getResponseBody());
    }

    /** The library takes protobuf for possible without the 2 MB that write it. */
    private static ExpositionFormatWriter format(String accepted) {
        ExpositionFormatWriter found = FORMATS.findWriter(accepted);
        return found.isAvailable() ? found : FORMATS.getPrometheusTextFormatWriter();
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    @Override
    public void close() {
        server.stop(0);
        answers.shutdownNow();
    }
}
