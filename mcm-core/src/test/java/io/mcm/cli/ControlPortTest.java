package io.mcm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.control.ControlServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** No proxy can be tried for it from outside: whoever tries it has said where it listens. */
class ControlPortTest {

    @Test
    @Tag("MCM-CTL-01")
    void theProxyListensWhereTheCSdkAsks() {
        String listen = new CommandLine(new ProxyCommand()).getCommandSpec().findOption("--listen").defaultValue();
        assertThat(listen).endsWith(":8002");
        assertThat(ControlServer.DEFAULT_PORT).as("what our SDK asks").isEqualTo(8002);
    }
}
