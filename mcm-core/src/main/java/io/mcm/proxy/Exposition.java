package io.mcm.proxy;

import io.mcm.h264.H264Counter;
import io.mcm.h264.parameter.SequenceParameterSet;
import io.mcm.ingest.IngestCounter;
import io.mcm.memif.MemifCounter;
import io.mcm.metric.Counter;
import io.mcm.metric.Histogram;
import io.mcm.proxy.delivery.DeliveryCounter;
import io.mcm.proxy.pull.PullCounter;
import io.mcm.rtp.RtcpCounter;
import io.mcm.rtp.RtpCounter;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reports as Prometheus has them: {@code mcm_}, the stage that counts, the counter's label, {@code _total}; labels {@code session} and
 * {@code port}; seconds and bytes (prometheus.io/docs/practices/naming).
 */
final class Exposition {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Map<Counter, CounterSnapshot.Builder> counters = new LinkedHashMap<>();
    private final HistogramSnapshot.Builder delays = HistogramSnapshot.builder().name("mcm_delivery_delay_seconds").unit(Unit.SECONDS)
        .help("Time from the arrival of a unit's first packet until its consumer could see it");
    private final HistogramSnapshot.Builder turns = HistogramSnapshot.builder().name("mcm_ingest_turn_datagrams")
        .help("Datagrams taken together in one turn of the worker");
    private final GaugeSnapshot.Builder jitters = GaugeSnapshot.builder().name("mcm_rtp_jitter_seconds").unit(Unit.SECONDS)
        .help("Interarrival jitter of the selected source (RFC 3550 section 6.4.1)");
    private final InfoSnapshot.Builder streams = InfoSnapshot.builder().name("mcm_stream")
        .help("The selected source, and what its sequence parameter set says of the video");

    private final GaugeSnapshot.Builder buffers = GaugeSnapshot.builder().name("mcm_ingest_receive_buffer_bytes").unit(Unit.BYTES)
        .help("Receive buffer that the kernel granted to the camera's UDP port");

    private final GaugeSnapshot.Builder longestTurns = GaugeSnapshot.builder().name("mcm_worker_longest_turn_seconds").unit(Unit.SECONDS)
        .help("Longest time so far from a worker's waking up until it waited again: so long a packet may have lain");
    private final GaugeSnapshot.Builder workerPorts = GaugeSnapshot.builder().name("mcm_worker_ports").help("UDP ports that a worker serves");

    private Exposition() {}

    /** All samples of one metric stand together. */
    static MetricSnapshots of(Collection<SessionReport> reports, Collection<WorkerReport> workers) {
        Exposition exposition = new Exposition();
        reports.forEach(exposition::add);
        workers.forEach(exposition::add);
        MetricSnapshots.Builder all = MetricSnapshots.builder()
            .metricSnapshot(GaugeSnapshot.builder().name("mcm_sessions").help("Sessions that are open")
                .dataPoint(GaugeDataPointSnapshot.builder().value(reports.size()).build()).build());
        exposition.counters.values().forEach(counter -> all.metricSnapshot(counter.build()));
        return all.metricSnapshot(exposition.delays.build()).metricSnapshot(exposition.turns.build())
            .metricSnapshot(exposition.buffers.build())
            .metricSnapshot(exposition.longestTurns.build()).metricSnapshot(exposition.workerPorts.build())
            .metricSnapshot(exposition.jitters.build()).metricSnapshot(exposition.streams.build()).build();
    }

    private void add(SessionReport report) {
        Labels labels = Labels.of("session", Integer.toString(report.id()), "port", Integer.toString(report.port()));
        report.counts().forEach((counter, value) -> counters.computeIfAbsent(counter, Exposition::named)
            .dataPoint(CounterDataPointSnapshot.builder().value(value).labels(labels).build()));
        delays.dataPoint(histogram(report.delay(), NANOS_PER_SECOND, labels));
        if (report.receiveBuffer() > 0) {
            buffers.dataPoint(GaugeDataPointSnapshot.builder().value(report.receiveBuffer()).labels(labels).build());
        }
        turns.dataPoint(histogram(report.turns(), 1, labels));
        report.stream().ssrc().ifPresent(ssrc -> {
            jitters.dataPoint(GaugeDataPointSnapshot.builder().value(report.stream().jitterSeconds()).labels(labels).build());
            streams.dataPoint(InfoDataPointSnapshot.builder().labels(describe(labels, ssrc, report.stream().video())).build());
        });
    }

    private void add(WorkerReport worker) {
        Labels labels = Labels.of("worker", worker.name());
        longestTurns.dataPoint(GaugeDataPointSnapshot.builder().value(worker.longestTurnNanos() / NANOS_PER_SECOND).labels(labels).build());
        workerPorts.dataPoint(GaugeDataPointSnapshot.builder().value(worker.ports()).labels(labels).build());
    }

    private static CounterSnapshot.Builder named(Counter counter) {
        return CounterSnapshot.builder().name(name(counter)).help(counter.sentence());
    }

    /** Without the {@code _total} that the format adds. */
    static String name(Counter counter) {
        String label = counter.label();
        String stage = stage(counter);
        return "mcm_" + (label.startsWith(stage) ? "" : stage) + label;
    }

    private static String stage(Counter counter) {
        return switch (counter) {
            case IngestCounter _ -> "ingest_";
            case RtpCounter _ -> "rtp_";
            case RtcpCounter _, ReportCounter _ -> "rtcp_";
            case PullCounter _ -> "pull_";
            case H264Counter _ -> "h264_";
            case DeliveryCounter _ -> "delivery_";
            case MemifCounter _ -> "memif_";
            default -> "";
        };
    }

    /** @param scale values of ours that make one of Prometheus' */
    private static HistogramDataPointSnapshot histogram(Histogram.Snapshot values, double scale, Labels labels) {
        double[] bounds = Arrays.copyOf(Arrays.stream(values.bounds()).mapToDouble(bound -> bound / scale).toArray(), values.counts().length);
        bounds[bounds.length - 1] = Double.POSITIVE_INFINITY;
        return HistogramDataPointSnapshot.builder().classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, values.counts()))
            .sum(values.sum() / scale).labels(labels).build();
    }

    /** Empty values where no parameter set has come: to Prometheus that is as good as no label. */
    private static Labels describe(Labels labels, long ssrc, Optional<SequenceParameterSet> video) {
        return labels.merge(Labels.of(
            "ssrc", "0x%08x".formatted(ssrc),
            "profile", video.map(SequenceParameterSet::profileName).orElse(""),
            "level", video.map(SequenceParameterSet::levelName).orElse(""),
            "width", video.map(set -> Integer.toString(set.width())).orElse(""),
            "height", video.map(set -> Integer.toString(set.height())).orElse("")));
    }
}
