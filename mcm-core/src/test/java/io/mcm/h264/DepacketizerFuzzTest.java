package io.mcm.h264;

import static io.mcm.h264.NalUnitLedger.require;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.mcm.PlantedFault;
import io.mcm.rtp.RtpPacket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Payloads of any bytes, in any mode: nothing throws, nothing is read past a packet, the sink's grammar holds, a unit that comes out is byte for
 * byte what its packets brought, no more memory is held than was allowed, and the counters say so. Without JAZZER_FUZZ the inputs that are committed beside this class are replayed; {@code ci/fuzz}
 * looks for new ones.
 *
 * <pre>
 *   input    strict 0:1, declared mode 1:2 (3: none), depth 3:5   then packets
 *   packet   marker 0:1, next timestamp 1:1, one lost before 2:1, silence before 3:1   payload length:1   payload
 * </pre>
 */
class DepacketizerFuzzTest {

    private static final int MAX_PACKET = RtpPacket.FIXED_HEADER_LENGTH + 0xff;
    private static final MemorySegment MEMORY = Arena.ofAuto().allocate(MAX_PACKET);
    private static final int MAX_HELD = 4 * StoredUnit.MIN_CAPACITY;
    private static final int TICKS_PER_FRAME = 3600;
    /** Short inputs are many a second, and a dozen packets show every state. */
    private static final int MAX_INPUT = 256;

    @FuzzTest
    void anyPayloads(byte[] input) {
        if (input.length == 0 || input.length > MAX_INPUT) {
            return;
        }
        SentPayloads sent = new SentPayloads(input);
        NalUnitLedger ledger = new NalUnitLedger(sent, input.length);
        Depacketizer depacketizer = new Depacketizer(config(input[0]), ledger);
        long payloads = play(input, depacketizer, sent);
        depacketizer.end();

        require(ledger.bytes <= payloads);
        require(depacketizer.deadline() == Long.MAX_VALUE);
        require(ledger.units == depacketizer.counters().get(H264Counter.NAL_UNITS));
        require(ledger.accessUnits == depacketizer.counters().get(H264Counter.ACCESS_UNITS));
        PlantedFault.at(depacketizer.counters().get(H264Counter.FU_TYPE) > 0
            & depacketizer.counters().get(H264Counter.AGGREGATION_OVERRUN) > 0
            & depacketizer.counters().get(H264Counter.DON_LATE) > 0);
    }

    private static DepacketizerConfig config(int flags) {
        int mode = flags >> 1 & 3;
        Optional<PacketizationMode> declared =
            mode < PacketizationMode.values().length ? Optional.of(PacketizationMode.values()[mode]) : Optional.empty();
        return new DepacketizerConfig((flags & 1) != 0, declared,
            Interleaving.defaults().withDepth(flags >> 3 & 0x1f).withMaxBytes(MAX_HELD));
    }

    /** @return bytes of all payloads */
    private static long play(byte[] input, Depacketizer depacketizer, SentPayloads sent) {
        RtpPacket packet = new RtpPacket();
        long payloads = 0;
        long sequence = 0;
        long now = 0;
        int timestamp = 0;
        for (int at = 1; at + 2 <= input.length; sequence++) {
            int flags = input[at++];
            int length = Math.min(input[at++] & 0xff, input.length - at);
            if ((flags & 4) != 0) {
                depacketizer.lost(1);
                sequence++;
            }
            if ((flags & 8) != 0) {
                now += Interleaving.DEFAULT_SILENCE_NANOS;
                depacketizer.poll(now);
                require(depacketizer.deadline() > now);
            }
            timestamp += (flags & 2) != 0 ? TICKS_PER_FRAME : 0;
            wrap(packet, input, at, length, (int) sequence, timestamp, (flags & 1) != 0);
            sent.add(sequence, at, length);
            depacketizer.packet(packet, sequence, now);
            require(depacketizer.heldBytes() <= MAX_HELD);
            at += length;
            payloads += length;
        }
        return payloads;
    }

    /** At the end of the memory, so that a byte past the packet is a byte past the segment. */
    private static void wrap(RtpPacket packet, byte[] input, int at, int length, int sequence, int timestamp, boolean marker) {
        int whole = RtpPacket.FIXED_HEADER_LENGTH + length;
        MemorySegment memory = MEMORY.asSlice(MAX_PACKET - whole, whole);
        RtpPacket.writeHeader(memory, 0, PacketizerConfig.DEFAULT_PAYLOAD_TYPE, sequence, timestamp, 1);
        if (marker) {
            RtpPacket.writeMarker(memory, 0);
        }
        MemorySegment.copy(input, at, memory, JAVA_BYTE, RtpPacket.FIXED_HEADER_LENGTH, length);
        require(packet.wrap(memory, 0, whole) == RtpPacket.Validity.VALID);
    }
}
