package io.mcm.proxy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Serves the sessions' counters at {@code /metrics} in Prometheus' text format (version 0.0.4). */
public final class MetricsEndpoint implements AutoCloseable {

    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;

    private MetricsEndpoint(HttpServer server) {
        this.server = server;
    }

    /** @throws IOException naming the address, where it cannot be had */
    public static MetricsEndpoint start(InetSocketAddress address, MediaProxy proxy) throws IOException {
        try {
            HttpServer server = HttpServer.create(address, 0);
            server.createContext("/metrics", exchange -> answer(exchange, text(proxy)));
            server.start();
            return new MetricsEndpoint(server);
        } catch (IOException e) {
            throw new IOException("metrics at " + address.getHostString() + ":" + address.getPort() + ": " + e.getMessage(), e);
        }
    }

    /** Where it serves. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** All samples of one metric stand together, as the format asks. */
    private static String text(MediaProxy proxy) {
        Map<String, StringBuilder> metrics = new LinkedHashMap<>();
        for (SessionReport report : proxy.reports()) {
            report.counters().forEach((label, value) -> metrics
                .computeIfAbsent(label, _ -> new StringBuilder("# TYPE mcm_" + label + " counter\n"))
                .append("mcm_%s{session=\"%d\",port=\"%d\"} %d\n".formatted(label, report.id(), report.port(), value)));
        }
        return String.join("", metrics.values());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
