package io.mcm.ingest.mtl;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * What MTL takes packets from.
 *
 * @param backend how it is reached
 * @param device the interface's name, or a PCI address
 */
public record MtlPort(Backend backend, String device) {

    /** IFNAMSIZ of linux/if.h, less the NUL; the kernel refuses slashes and white space. */
    private static final Pattern INTERFACE = Pattern.compile("[^/\\s:]{1,15}");
    private static final Pattern PCI_ADDRESS = Pattern.compile("\\p{XDigit}{4}:\\p{XDigit}{2}:\\p{XDigit}{2}\\.[0-7]");
    private static final String ALLOWED = "kernel:INTERFACE, dpdk_af_packet:INTERFACE, native_af_xdp:INTERFACE, dpdk_af_xdp:INTERFACE "
        + "or a PCI address like 0000:4b:01.3";

    /**
     * A port as MTL writes it: {@code kernel:lo}, {@code dpdk_af_packet:eth0}, {@code 0000:4b:01.3}.
     *
     * @throws IllegalArgumentException for anything else, saying what is allowed
     */
    public static MtlPort parse(String text) {
        Backend backend = Arrays.stream(Backend.values()).filter(b -> text.startsWith(b.prefix)).findFirst().orElseThrow();
        String device = text.substring(backend.prefix.length());
        Pattern pattern = backend == Backend.DPDK_USER ? PCI_ADDRESS : INTERFACE;
        if (!pattern.matcher(device).matches()) {
            throw new IllegalArgumentException("MTL port " + text + ", allowed are " + ALLOWED);
        }
        return new MtlPort(backend, device);
    }

    /** Whether the interface has left the kernel, and with it the address that the kernel knew. */
    public boolean hasLeftKernel() {
        return backend == Backend.DPDK_USER;
    }

    /** As MTL writes it. */
    @Override
    public String toString() {
        return backend.prefix + device;
    }
}
