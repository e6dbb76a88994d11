package io.mcm.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.mcm.PlantedFault;
import java.util.Arrays;

/**
 * The control protocol's structs, filled with anything: decoded, or refused with a {@link ProtocolException}; and what was decoded is decoded
 * again from what we encode of it. Without JAZZER_FUZZ the inputs that are committed beside this class are replayed; {@code ci/fuzz} looks for
 * new ones.
 *
 * <p>How it was seen to be guided: with {@code if (struct.u8(0) == 0x5a) if (struct.u8(2) == 0x33) throw new IllegalStateException()} put into
 * {@link AddressDescriptor}, and the like for the command's number into {@link Command} and for the two ring counts into {@link
 * MemifParamDescriptor}, ci/fuzz found each within a minute (247,000, 155,000 and 667,000 inputs). Text with control characters of two bytes,
 * which the proxy would have logged, was seen on the way and is refused.
 */
class CodecFuzzTest {

    @FuzzTest
    void connectionParam(byte[] input) {
        try {
            ConnectionParam param = ConnectionParamDescriptor.decode(Arrays.copyOf(input, ConnectionParamDescriptor.LENGTH));
            PlantedFault.at(param.remote().port() > 999 & param.local().port() > 9 & !param.remote().ip().isEmpty()
                & param.payloadType() == PayloadType.RDMA_VIDEO);
            if (isUtf8(param.toString())) {
                assertThat(ConnectionParamDescriptor.decode(ConnectionParamDescriptor.encode(param))).isEqualTo(param);
            }
        } catch (ProtocolException refused) {
            assertThat(refused).hasMessageNotContaining("Exception");
        }
    }

    /** Of bytes that are no UTF-8 U+FFFD is left, which is longer than they were and may not fit their field. */
    private static boolean isUtf8(String... texts) {
        return String.join("", texts).indexOf('\uFFFD') < 0;
    }

    @FuzzTest
    void memifParam(byte[] input) {
        try {
            MemifParam param = MemifParamDescriptor.decode(Arrays.copyOf(input, MemifParamDescriptor.LENGTH));
            PlantedFault.at(param.mode() > 0 & param.isMaster() & !param.secret().isEmpty() & param.log2RingSize() > 12);
            if (isUtf8(param.socketPath(), param.appName(), param.secret(), param.interfaceName())) {
                assertThat(MemifParamDescriptor.decode(MemifParamDescriptor.encode(param))).isEqualTo(param);
            }
        } catch (ProtocolException refused) {
            assertThat(refused).hasMessageNotContaining("Exception");
        }
    }

    @FuzzTest
    void request(byte[] input) {
        Struct message = Struct.of(Arrays.copyOf(input, MessageDescriptor.LENGTH));
        try {
            MessageDescriptor.checkHeader(message);
            Command command = MessageDescriptor.checkCommand(message);
            PlantedFault.at(command == Command.DESTROY_SESSION);
            byte[] ours = MessageDescriptor.encode(command, new byte[command.dataLength()]);
            assertThat(MessageDescriptor.checkCommand(Struct.of(ours))).isEqualTo(command);
        } catch (ProtocolException refused) {
            assertThat(refused).hasMessageNotContaining("Exception");
        }
    }
}
