package io.mcm.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/**
 * The control protocol's structs, filled with anything: decoded, or refused with a {@link ProtocolException}; and what was decoded is decoded
 * again from what we encode of it. Without JAZZER_FUZZ the inputs that are committed beside this class are replayed; {@code ci/fuzz} looks for
 * new ones.
 *
 * <p>How it was seen to be guided: with {@code if (port == 0x5a5a) throw new IllegalStateException()} put into {@link AddressDescriptor},
 * ci/fuzz found it within a minute.
 */
class CodecFuzzTest {

    @FuzzTest
    void connectionParam(byte[] input) {
        try {
            ConnectionParam param = ConnectionParamDescriptor.decode(Arrays.copyOf(input, ConnectionParamDescriptor.LENGTH));
            assertThat(ConnectionParamDescriptor.decode(ConnectionParamDescriptor.encode(param))).isEqualTo(param);
        } catch (ProtocolException refused) {
            assertThat(refused).hasMessageNotContaining("Exception");
        }
    }

    @FuzzTest
    void memifParam(byte[] input) {
        try {
            MemifParam param = MemifParamDescriptor.decode(Arrays.copyOf(input, MemifParamDescriptor.LENGTH));
            assertThat(MemifParamDescriptor.decode(MemifParamDescriptor.encode(param))).isEqualTo(param);
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
            assertThat(MessageDescriptor.encode(command, new byte[command.dataLength()])).startsWith(
                Arrays.copyOf(input, MessageDescriptor.HEADER_LENGTH));
        } catch (ProtocolException refused) {
            assertThat(refused).hasMessageNotContaining("Exception");
        }
    }
}
