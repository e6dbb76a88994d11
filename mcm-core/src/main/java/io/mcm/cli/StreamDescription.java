package io.mcm.cli;

import io.mcm.capture.StreamSelection;
import io.mcm.h264.DepacketizerConfig;
import io.mcm.h264.Interleaving;
import io.mcm.h264.PacketizationMode;
import io.mcm.metric.FileTrouble;
import io.mcm.sdp.H264Media;
import io.mcm.sdp.H264Media.InterleavingParameters;
import io.mcm.sdp.SdpException;
import io.mcm.sdp.SessionDescription;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What an SDP file of the user says of the stream of a capture. */
record StreamDescription(List<H264Media> media, List<String> warnings) {

    static final StreamDescription NONE = new StreamDescription(List.of(), List.of());

    static StreamDescription read(Path file) {
        try {
            SessionDescription read = SessionDescription.read(file);
            if (read.media().isEmpty()) {
                throw new EnvironmentException(file + ": no H.264 in it; a line like a=rtpmap:96 H264/90000 is looked for");
            }
            return new StreamDescription(read.media(), read.warnings());
        } catch (SdpException e) {
            throw new EnvironmentException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new EnvironmentException("cannot read " + file + ": " + FileTrouble.reason(e), e);
        }
    }

    /** Those that are H.264; empty where nothing is described. */
    Set<Integer> payloadTypes() {
        return media.stream().map(H264Media::payloadType).collect(Collectors.toUnmodifiableSet());
    }

    /** What is said of the selected stream: by its payload type, and of several with that type the one of its port. */
    Optional<H264Media> of(StreamSelection selection) {
        int payloadType = selection.streams().getFirst().payloadType();
        List<H264Media> fitting = media.stream().filter(one -> one.payloadType() == payloadType).toList();
        return fitting.stream().filter(one -> one.port() == selection.destination().port()).findFirst()
            .or(() -> fitting.stream().findFirst());
    }

    static DepacketizerConfig config(Optional<H264Media> described) {
        return described.map(media -> DepacketizerConfig.defaults()
            .withDeclaredMode(PacketizationMode.of(media.packetizationMode()))
            .withInterleaving(interleaving(media.interleaving()))).orElse(DepacketizerConfig.defaults());
    }

    private static Interleaving interleaving(InterleavingParameters said) {
        Interleaving waiting = Interleaving.defaults()
            .withDepth(said.depth().orElse(Interleaving.DEFAULT_DEPTH))
            .withMaxDonDiff(said.maxDonDifference().orElse(Interleaving.MAX_DEPTH));
        // The default holds what any camera needs; a stream that asks for more gets it, as far as we hold that much.
        long bytes = Math.max(said.bufferRequired().orElse(0L), Interleaving.DEFAULT_MAX_BYTES);
        return waiting.withMaxBytes((int) Math.min(bytes, Interleaving.MAX_BYTES));
    }
}
