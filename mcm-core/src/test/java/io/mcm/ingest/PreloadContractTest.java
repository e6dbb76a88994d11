package io.mcm.ingest;

/** Where nothing is preloaded the functions are the C library's; {@link PreloadTest} has a layer before them. */
class PreloadContractTest extends PacketSourceContract {

    @Override
    protected Transport transport() {
        return new PreloadTransport();
    }
}
