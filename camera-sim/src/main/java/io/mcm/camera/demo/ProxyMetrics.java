package io.mcm.camera.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The proxy's counters, asked from its metrics endpoint; the demo's proxy has one session. */
final class ProxyMetrics {

    private final URI endpoint;

    ProxyMetrics(int port) {
        endpoint = URI.create("http://127.0.0.1:" + port + "/metrics");
    }

    /** Name to value; empty while the proxy does not answer. */
    Map<String, Long> ask() {
        try (var answer = endpoint.toURL().openStream()) {
            Map<String, Long> counters = new HashMap<>();
            new String(answer.readAllBytes(), StandardCharsets.US_ASCII).lines()
                .filter(line -> line.contains("_total{"))
                .forEach(line -> counters.put(
                    line.substring(0, line.indexOf('{')), (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))));
            return counters;
        } catch (IOException e) {
            return Map.of();
        }
    }
}
