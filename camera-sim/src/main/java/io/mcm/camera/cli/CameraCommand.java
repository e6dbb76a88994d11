package io.mcm.camera.cli;

import io.mcm.camera.TimedPacketSink;
import io.mcm.camera.fleet.Fleet;
import io.mcm.camera.impair.Impairer;
import io.mcm.camera.impair.Impairments;
import io.mcm.camera.pace.Clock;
import io.mcm.camera.pace.CsvTrace;
import io.mcm.camera.pace.Idle;
import io.mcm.camera.pace.PacketTrace;
import io.mcm.camera.pace.Pacer;
import io.mcm.camera.pace.Shaper;
import io.mcm.camera.record.PacketRecorder;
import io.mcm.camera.plan.Plan;
import io.mcm.camera.plan.PlanParser;
import io.mcm.camera.plan.PlanSource;
import io.mcm.camera.rtsp.ServedStream;
import io.mcm.camera.send.UdpConfig;
import io.mcm.camera.send.UdpSender;
import io.mcm.camera.send.UdpTarget;
import io.mcm.camera.source.AnnexBSource;
import io.mcm.camera.source.CameraSource;
import io.mcm.camera.synthetic.SyntheticConfig;
import io.mcm.camera.synthetic.SyntheticSource;
import io.mcm.cli.Arguments;
import io.mcm.cli.Ending;
import io.mcm.cli.EnvironmentException;
import io.mcm.cli.ExitCode;
import io.mcm.cli.JsonOutput;
import io.mcm.cli.McmCommand;
import io.mcm.foreign.TimerSlack;
import io.mcm.metric.FileTrouble;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mcm camera}: sends RTP as a camera does. */
@Command(
    name = "camera",
    customSynopsis = "mcm camera (--to HOST:PORT | --rtsp HOST:PORT) (--pcap FILE | --h264 FILE | --synthetic WxH@FPS | --nalu-plan FILE) [OPTIONS]",
    description = "Sends an H.264 stream as RTP over UDP, in time: a capture's packets, a byte stream, a video made on the spot, or NAL units by"
        + " hand.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class CameraCommand implements McmCommand {

    private static final String STDOUT = "-";

    @Spec
    private CommandSpec spec;

    @Mixin
    private CameraOptions options;

    @Mixin
    private ReplayOptions replayOptions;

    @Mixin
    private SendOptions sendOptions;

    @Mixin
    private PaceOptions paceOptions;

    @Mixin
    private FleetOptions fleetOptions;

    @Mixin
    private ImpairOptions impairOptions;

    @Mixin
    private SyntheticOptions syntheticOptions;

    @Mixin
    private PacketizeOptions packetizeOptions;

    @Mixin
    private RecordOptions recordOptions;

    @Mixin
    private RtspOptions rtsp;

    /** Null where a capture brings its own packets. */
    private UnitStream stream;

    @Override
    public Integer call() throws IOException {
        if (options.profiles()) {
            System.out.print(PacketizeOptions.profiles());
            return ExitCode.GOOD;
        }
        options.check();
        if (options.fleet() != null || fleetOptions.cameras() > 1) {
            return playFleet();
        }
        rtsp.check(sendOptions.hasTo(), options.trace != null || impairOptions.truth() != null || recordOptions.record() != null);
        double speed = paceOptions.speed();
        Impairments impairments = impairOptions.impairments();
        UdpConfig udp = sendOptions.config(speed == Pacer.MAX_SPEED);
        SourcePlan plan = plan();
        if (rtsp.isAsked()) {
            ServedStream served = new ServedStream(() -> plan.opener().open(paceOptions.passes()), next -> new Impairer(impairments, next), speed,
                stream == null ? List.of() : stream.parameterSets());
            return RtspService.run(rtsp.config(), served, options.json);
        }
        if (stream != null) {
            packetizeOptions.writeSdp(stream, plan.targets().getFirst().rtp());
        }
        // Of this thread, which waits for the packets' moments.
        TimerSlack.set(1);
        if (speed != Pacer.MAX_SPEED) {
            rehearse(plan);
        }
        try (CameraSource source = plan.opener().open(paceOptions.passes()); OutputStream traceOut = traceOut();
                OutputStream truthOut = openIfAny(impairOptions.truth()); OutputStream recordOut = openIfAny(recordOptions.record());
                UdpSender sender = UdpSender.open(plan.targets(), udp)) {
            CsvTrace trace = traceOut == null ? null : new CsvTrace(traceOut, Clock.SYSTEM.nanoTime());
            PacketRecorder recorder = recordOut == null ? null : RecordOptions.recorder(recordOut, sender);
            Pacer pacer = new Pacer(speed, Clock.SYSTEM, Idle.SYSTEM, sender, trace(trace, recorder));
            Impairer impairer = truthOut == null ? new Impairer(impairments, pacer) : new Impairer(impairments, truthOut, pacer);
            CameraReport report = new CameraReport(pacer, sender, impairer, plan.replay(), speed != Pacer.MAX_SPEED);
            try (ProgressLine _ = ProgressLine.start(pacer, plan.nanos() * paceOptions.passes(), speed)) {
                play(source, Shaper.of(paceOptions.shape(), impairer), pacer);
            } finally {
                end(report, trace, recorder);
            }
        }
        return ExitCode.GOOD;
    }

    private int playFleet() throws IOException {
        TimerSlack.set(1);
        try (FleetPlan cameras = new FleetPlan()) {
            if (options.fleet() == null) {
                joinFleet(cameras);
            } else {
                joinFleet(cameras, options.fleet());
            }
            Fleet fleet = cameras.fleet();
            Thread self = Thread.currentThread();
            Ending.onRequest(() -> {
                fleet.stop();
                LockSupport.unpark(self);
            });
            fleet.run();
            FleetReport report = new FleetReport(fleet, cameras.senders());
            if (options.json != null) {
                JsonOutput.write(options.json, report.json());
            }
            if (!STDOUT.equals(options.json)) {
                System.out.print(report.text());
            }
        }
        return ExitCode.GOOD;
    }

    private static void joinFleet(FleetPlan cameras, Path file) throws IOException {
        int number = 0;
        for (List<String> arguments : FleetFile.read(file)) {
            number++;
            CameraCommand command = new CameraCommand();
            try {
                new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments.toArray(String[]::new));
                Arguments.require(command.spec, command.options.fleet() == null, "a fleet in a fleet");
                command.joinFleet(cameras);
            } catch (ParameterException | IOException e) {
                throw new IOException(file + ": camera " + number + ": " + e.getMessage(), e);
            }
        }
    }

    /** These options' cameras are some of a fleet. */
    private void joinFleet(FleetPlan cameras) throws IOException {
        options.check();
        double speed = paceOptions.speed();
        boolean alone = options.trace == null && impairOptions.truth() == null && recordOptions.record() == null && !rtsp.isAsked();
        Arguments.require(spec, alone, "--trace, --truth, --record and --rtsp are of one camera, not of a fleet");
        Arguments.require(spec, sendOptions.hasTo(), "Missing required option: --to=<HOST:PORT>");
        Arguments.require(spec, speed != Pacer.MAX_SPEED, "--speed max; a fleet has moments to keep");
        Impairments impairments = impairOptions.impairments();
        int ssrc = packetizeOptions.rewriting().ssrc().orElse(new SplittableRandom(impairments.seed()).nextInt());
        cameras.add(new FleetPlan.Kind(plan(), fleetOptions.cameras(), fleetOptions.portStep(), paceOptions.passes(), speed, paceOptions.shape(),
            impairments, sendOptions.config(false), ssrc));
    }

    private static void rehearse(SourcePlan plan) throws IOException {
        try (CameraSource source = plan.rehearsal().open(0)) {
            Rehearsal.of(source, plan.targets().size());
        }
    }

    private SourcePlan plan() throws IOException {
        List<SendOptions.Route> routes = rtsp.isAsked() ? List.of(SendOptions.Route.BY_RTSP) : sendOptions.routes();
        if (options.synthetic() == null && syntheticOptions.isGiven()) {
            throw options.usage("--gop, --bitrate and the other options of pictures are for --synthetic");
        }
        if (options.pcap() != null) {
            return CaptureRoutes.plan(options, replayOptions, routes, packetizeOptions.rewriting());
        }
        boolean named = replayOptions.isGiven() || routes.getFirst().stream() != null;
        Arguments.require(spec, !named, "--stream, --start, --duration, --damaged and --to STREAM= are for --pcap");
        stream = unitStream();
        double speed = paceOptions.speed();
        return SourcePlan.of(UdpTarget.of(routes.getFirst().to()),
            passes -> stream.open(passes, new WallSchedule(InstantSource.system(), speed)));
    }

    private UnitStream unitStream() throws IOException {
        try {
            RandomGenerator random = impairOptions.isSeedGiven() ? new SplittableRandom(impairOptions.seed()) : new SecureRandom();
            return new UnitStream(packetizeOptions.payload(), packetizeOptions.rtp(random), units());
        } catch (IllegalArgumentException e) {
            throw options.usage(e.getMessage());
        }
    }

    private UnitStream.Units units() throws IOException {
        if (options.synthetic() != null) {
            SyntheticConfig config = syntheticOptions.config(options.synthetic(), paceOptions.passes(), impairOptions.seed());
            return (passes, clock) -> new SyntheticSource(passes == 0 ? config.withFrames(0) : config, clock);
        }
        if (options.naluPlan() != null) {
            Plan plan = PlanParser.read(options.naluPlan(), impairOptions.seed());
            return (passes, _) -> new PlanSource(plan, passes);
        }
        return (passes, _) -> new AnnexBSource(options.h264(), options.framesPerSecond(), passes);
    }

    /** Whatever ends the source, what is held on the way is sent. */
    private static void play(CameraSource source, TimedPacketSink first, Pacer pacer) throws IOException {
        Thread self = Thread.currentThread();
        Ending.onRequest(() -> stop(pacer, self));
        try {
            source.play(first);
        } finally {
            first.end();
        }
    }

    private static void stop(Pacer pacer, Thread parked) {
        pacer.stop();
        LockSupport.unpark(parked);
    }

    private static PacketTrace trace(PacketTrace trace, PacketTrace recorder) {
        if (trace == null || recorder == null) {
            return trace != null ? trace : recorder != null ? recorder : PacketTrace.NONE;
        }
        return PacketTrace.both(trace, recorder);
    }

    private void end(CameraReport report, CsvTrace trace, PacketRecorder recorder) {
        if (recorder != null) {
            recorder.finish();
        }
        if (trace != null) {
            trace.finish();
        }
        if (options.json != null) {
            Map<String, Object> json = report.json();
            if (stream != null) {
                json.put("stream", stream.json());
            }
            JsonOutput.write(options.json, json);
        }
        if (!STDOUT.equals(options.json)) {
            (STDOUT.equals(options.trace) ? System.err : System.out).print((stream == null ? "" : stream.text()) + report.text());
        }
    }

    private OutputStream traceOut() {
        return switch (options.trace) {
            case null -> null;
            case STDOUT -> new FileOutputStream(FileDescriptor.out);
            default -> open(Path.of(options.trace));
        };
    }

    private static OutputStream openIfAny(Path file) {
        return file == null ? null : open(file);
    }

    private static OutputStream open(Path file) {
        try {
            return Files.newOutputStream(file);
        } catch (IOException e) {
            throw new EnvironmentException("cannot write " + file + ": " + FileTrouble.reason(e), e);
        }
    }
}
