package io.mcm.memif.libmemif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.memif.MemifConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers of libmemif.h as a C compiler laid them out for either library, written down here once more by hand. */
class LibmemifLayoutTest {

    @ParameterizedTest
    @CsvSource({"MCM, 36, 40, 41, 44, 48, 20", "UPSTREAM, 34, 36, 37, 40, 44, 16"})
    void connectionArgumentsLieWhereEitherHeaderHasThem(
        Abi abi, int bufferSize, int log2RingSize, int isMaster, int id, int name, int queueDetails) {
        assertThat(new int[] {Abi.SOCKET_OFFSET, Abi.SECRET_OFFSET, Abi.S2M_RINGS_OFFSET, Abi.M2S_RINGS_OFFSET})
            .containsExactly(0, 8, 32, 33);
        assertThat(new int[] {abi.bufferSizeOffset, abi.log2RingSizeOffset, abi.isMasterOffset, abi.idOffset, abi.nameOffset})
            .containsExactly(bufferSize, log2RingSize, isMaster, id, name);
        assertThat(abi.queueDetailsLength).isEqualTo(queueDetails);
        assertThat(Abi.LENGTH).isEqualTo(88);
    }

    @Test
    void buffersLieWhereMemifBufferHasThem() {
        assertThat(new int[] {BufferDescriptor.DESC_INDEX_OFFSET, BufferDescriptor.LEN_OFFSET, BufferDescriptor.FLAGS_OFFSET,
            BufferDescriptor.DATA_OFFSET, BufferDescriptor.LENGTH}).containsExactly(0, 16, 20, 24, 32);
        assertThat(SocketArgs.LENGTH).isEqualTo(208);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        UPSTREAM | 3  | 65536      | 1 | buffer of 65536 bytes, libmemif (upstream's, 16-bit buffer sizes) has at most 65535
        MCM      | 3  | 2048       | 0 | 0 s2m and 1 m2s rings, libmemif takes 0 for 1
        MCM      | 0  | 2048       | 1 | log2 of the ring size 0, libmemif takes it for its default of 10
        MCM      | 10 | 2097152    | 1 | buffers of 4294967296 bytes together, libmemif's region has at most 4294967295
        """)
    void whatLibmemifWouldTakeForSomethingElseIsRefused(Abi abi, int log2RingSize, int bufferLength, int s2mRings, String message) {
        MemifConfig config = MemifConfig.of(0, "limits", log2RingSize, bufferLength).withRings(s2mRings, 1);
        assertThatThrownBy(() -> Limits.checkSlave(config, abi)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith(message);
    }

    @Test
    void aLibraryThatIsNotThereIsNamedWithTheWaysToNameAnother() {
        assertThatThrownBy(() -> LibmemifEngine.load("/nonexistent/libmemif.so")).isInstanceOf(MissingLibraryException.class)
            .hasMessageContainingAll("/nonexistent/libmemif.so", "--memif-library", "MCM_LIBMEMIF", "--memif builtin");
    }

    @Test
    void aLibraryThatIsAnotherIsRefusedWithTheFunctionThatItLacks() {
        assertThatThrownBy(() -> LibmemifEngine.load("libc.so.6")).isInstanceOf(MissingLibraryException.class)
            .hasMessageContaining("libc.so.6 has no function memif_create_socket");
    }
}
