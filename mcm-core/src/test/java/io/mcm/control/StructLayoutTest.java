package io.mcm.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The structs of MCM 24.09, held to the bytes that a C compiler gives them. */
class StructLayoutTest {

    private static final ConnectionParam EVERY_FIELD = new ConnectionParam(
        TransferType.TX, TransportProtocol.MEMIF, new Address("fe80::1", 65535), new Address("192.0.2.7", 5004),
        "/run/x.sock", true, 0x01020304, PayloadType.RTSP_VIDEO, PayloadCodec.H264,
        new VideoFormat(640, 480, 29.97, PixelFormat.YUV422P),
        new VideoFormat(1920, 1080, 59.94, PixelFormat.YUV444P_10BIT_LE), 96, 0x1122334455667788L, 7);

    private static final MemifParam EVERY_MEMIF_FIELD = new MemifParam(
        "/run/mcm/media_proxy_rx_0.sock", "memif_rx_0", "abcdefghijklmnopqrstuvwx", 1, 2, 5_184_000, 6, true, 9, "memif_rx_0", 2);

    @Test
    void sizesAreThoseOfTheCHeaders() {
        assertThat(MessageDescriptor.HEADER_LENGTH).isEqualTo(8);
        assertThat(MessageDescriptor.COMMAND_LENGTH).isEqualTo(4);
        assertThat(AddressDescriptor.LENGTH).isEqualTo(52);
        assertThat(HexFile.read("mcm_conn_param")).hasSize(ConnectionParamDescriptor.LENGTH).hasSize(304);
        assertThat(HexFile.read("memif_conn_param")).hasSize(MemifParamDescriptor.LENGTH).hasSize(296);
    }

    @Test
    void connectionParamIsWrittenAsTheCompilerWritesIt() {
        assertThat(ConnectionParamDescriptor.encode(EVERY_FIELD)).isEqualTo(HexFile.read("mcm_conn_param"));
    }

    @Test
    void connectionParamIsReadAsTheCompilerWroteIt() throws ProtocolException {
        assertThat(ConnectionParamDescriptor.decode(HexFile.read("mcm_conn_param"))).isEqualTo(EVERY_FIELD);
    }

    @Test
    void memifParamIsWrittenAsTheCompilerWritesIt() {
        assertThat(MemifParamDescriptor.encode(EVERY_MEMIF_FIELD)).isEqualTo(HexFile.read("memif_conn_param"));
    }

    @Test
    void memifParamIsReadAsTheCompilerWroteIt() throws ProtocolException {
        assertThat(MemifParamDescriptor.decode(HexFile.read("memif_conn_param"))).isEqualTo(EVERY_MEMIF_FIELD);
    }

    @Test
    void paddingOfAPeerIsNotLookedAt() throws ProtocolException {
        byte[] param = HexFile.read("mcm_conn_param");
        for (int padding : new int[] {221, 222, 223, 236, 239, 260, 263, 285, 287, 297, 303}) {
            param[padding] = (byte) 0xa5;
        }
        assertThat(ConnectionParamDescriptor.decode(param)).isEqualTo(EVERY_FIELD);
    }

    @Test
    void noFunctionPointerTimerOrSocketHandleIsEverSent() {
        byte[] answer = MemifParamDescriptor.encode(EVERY_MEMIF_FIELD);
        assertThat(Arrays.copyOfRange(answer, MemifParamDescriptor.TIMER_OFFSET, MemifParamDescriptor.SECRET_OFFSET))
            .isEqualTo(new byte[72]);
    }

    @Test
    void theHeapPointerThatUpstreamLeaksIsIgnored() throws ProtocolException {
        byte[] answer = HexFile.read("memif_conn_param");
        Arrays.fill(answer, MemifParamDescriptor.SOCKET_OFFSET, MemifParamDescriptor.SECRET_OFFSET, (byte) 0x7f);
        assertThat(MemifParamDescriptor.decode(answer)).isEqualTo(EVERY_MEMIF_FIELD);
    }

    @Test
    void argumentsOfAudioSessionsAreNotTakenForVideo() throws ProtocolException {
        byte[] param = HexFile.read("mcm_conn_param");
        param[ConnectionParamDescriptor.PAYLOAD_TYPE_OFFSET] = (byte) PayloadType.ST30_AUDIO.ordinal();
        param[ConnectionParamDescriptor.PAYLOAD_ARGS_OFFSET + VideoFormatDescriptor.PIXEL_FORMAT_OFFSET] = 8; // AUDIO_PTIME_0_09MS
        assertThat(ConnectionParamDescriptor.decode(param).args()).isEqualTo(VideoFormat.UNSAID);
    }

    @ParameterizedTest(name = "byte {0} = {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
          0 |    2 | type=2, must be 0 to 1
          3 |  128 | type=2147483648, must be 0 to 1
          4 |    6 | protocol=6, must be 0 to 5
         54 |   45 | local_addr.port="-5535", must be empty or 0 to 65535
         58 |   54 | local_addr.port="65536", must be empty or 0 to 65535
         59 |   48 | local_addr.port has no NUL in its 6 bytes
         60 |    7 | remote_addr.ip has byte 0x07 at 0, only printable text is allowed
        228 |    7 | payload_type=7, must be 0 to 6
        232 |    3 | payload_codec=3, must be 0 to 2
        243 |  255 | width=4278190720, must be 0 to 2147483647
        255 |  192 | fps=-29.97, must be a number from 0
        256 |    5 | pix_fmt=5, must be 0 to 4
        280 |    5 | pix_fmt=5, must be 0 to 4
        """)
    void refusesAConnectionParamAndSaysWhatIsAllowed(int offset, int value, String message) {
        byte[] param = HexFile.read("mcm_conn_param");
        param[offset] = (byte) value;
        assertThatThrownBy(() -> ConnectionParamDescriptor.decode(param))
            .isInstanceOf(ProtocolException.class).hasMessage(message);
    }

    @ParameterizedTest(name = "byte {0} = {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
          0 |    0 | socket_args.path is empty, must name the memif socket
        247 |  255 | conn_args.buffer_size=4283374080, must be 0 to 2147483647
        248 |   15 | conn_args.log2_ring_size=15, must be 0 to 14
        249 |    2 | conn_args.is_master=2, must be 0 to 1
        288 |    3 | conn_args.mode=3, must be 0 to 2
        """)
    void refusesAMemifParamAndSaysWhatIsAllowed(int offset, int value, String message) {
        byte[] param = HexFile.read("memif_conn_param");
        param[offset] = (byte) value;
        assertThatThrownBy(() -> MemifParamDescriptor.decode(param))
            .isInstanceOf(ProtocolException.class).hasMessage(message);
    }

    @Test
    void refusesTextThatFillsItsFieldToTheLastByte() {
        refusesToRead(p -> Arrays.fill(p, ConnectionParamDescriptor.SOCKET_PATH_OFFSET, 220, (byte) 'x'),
            "memif_interface.socket_path has no NUL in its 108 bytes");
    }

    @Test
    void refusesToWriteAPathThatDoesNotFit() {
        String path = "/" + "x".repeat(107);
        assertThatThrownBy(() -> MemifParamDescriptor.encode(MemifParam.forClient(path, "n", 1, 1, 0)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("socket_args.path=\"" + path + "\" has 108 bytes, at most 107");
    }

    @Test
    void refusesToWriteATextThatANulWouldEnd() {
        assertThatThrownBy(() -> MemifParamDescriptor.encode(MemifParam.forClient("/a\0b", "n", 1, 1, 0)))
            .hasMessage("socket_args.path contains a control character, only printable text is allowed");
    }

    @Test
    void theSecretStaysOutOfTheText() {
        assertThat(EVERY_MEMIF_FIELD.toString()).doesNotContain(EVERY_MEMIF_FIELD.secret());
    }

    private static void refusesToRead(Consumer<byte[]> damage, String message) {
        byte[] param = HexFile.read("mcm_conn_param");
        damage.accept(param);
        assertThatThrownBy(() -> ConnectionParamDescriptor.decode(param)).hasMessage(message);
    }
}
