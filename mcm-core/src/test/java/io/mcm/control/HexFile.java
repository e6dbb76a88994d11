package io.mcm.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Bytes that something else than this project made; {@code structs.c} beside them says how. */
final class HexFile {

    private HexFile() {}

    static byte[] read(String name) {
        try (InputStream in = HexFile.class.getResourceAsStream(name + ".hex")) {
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
