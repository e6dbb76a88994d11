package io.mcm.ingest;

/** Where nothing is preloaded the functions are the C library's; {@code TransportTest} has a layer before them. */
class PreloadContractTest extends PacketSourceContract {

    @Override
    protected Transport transport() {
        return new PreloadTransport();
    }
}
