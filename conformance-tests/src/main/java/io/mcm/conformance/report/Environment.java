package io.mcm.conformance.report;

import java.util.LinkedHashMap;
import java.util.Map;

/** Where a run took place; names nobody's machine, as reports are passed on. */
final class Environment {

    private Environment() {}

    static Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("system", property("os.name") + " " + property("os.version") + " " + property("os.arch"));
        facts.put("java", property("java.vendor") + " " + property("java.vm.version"));
        facts.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        return facts;
    }

    private static String property(String name) {
        return System.getProperty(name, "?");
    }
}
