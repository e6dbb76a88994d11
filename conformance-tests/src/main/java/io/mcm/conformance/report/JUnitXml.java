package io.mcm.conformance.report;

import io.mcm.conformance.run.Outcome;
import io.mcm.conformance.run.RunResult;
import io.mcm.conformance.run.Verdict;
import io.mcm.conformance.suite.Group;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** JUnit XML as CI servers read it: a suite for each group; what could not be tested is skipped, and so is an expected failure. */
final class JUnitXml {

    private static final double NANOS_PER_SECOND = 1e9;
    /** Control characters, lone surrogates and the like, which XML 1.0 section 2.2 has no way to write. */
    private static final String NOT_XML = "[^\\t\\n\\r -\\x{d7ff}\\x{e000}-\\x{fffd}\\x{10000}-\\x{10ffff}]";

    private final XMLStreamWriter xml;

    private JUnitXml(XMLStreamWriter xml) {
        this.xml = xml;
    }

    static String of(RunResult result) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            new JUnitXml(xml).write(result);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing to memory", e);
        }
        return text.toString();
    }

    private void write(RunResult result) throws XMLStreamException {
        xml.writeStartDocument();
        begin("testsuites", "name", "mcm conformance of " + result.target());
        counts(result.outcomes());
        for (Group group : Group.values()) {
            List<Outcome> outcomes = result.outcomes().stream().filter(outcome -> outcome.tried().group() == group).toList();
            if (!outcomes.isEmpty()) {
                suite(group, result, outcomes);
            }
        }
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void suite(Group group, RunResult result, List<Outcome> outcomes) throws XMLStreamException {
        begin("testsuite", "name", group.name().toLowerCase(Locale.ROOT), "timestamp", result.began().toString());
        counts(outcomes);
        xml.writeStartElement("properties");
        property("target", result.target());
        property("facts", result.facts().describe());
        property("profile", result.profile().toString());
        property("seed", String.valueOf(result.seed()));
        xml.writeEndElement();
        for (Outcome outcome : outcomes) {
            testCase(outcome);
        }
        xml.writeEndElement();
    }

    private void property(String name, String value) throws XMLStreamException {
        begin("property", "name", name, "value", value);
        xml.writeEndElement();
    }

    private void counts(List<Outcome> outcomes) throws XMLStreamException {
        attribute("tests", String.valueOf(outcomes.size()));
        attribute("failures", count(outcomes, Verdict::isBad));
        attribute("errors", "0");
        attribute("skipped", count(outcomes, JUnitXml::isSkipped));
        attribute("time", seconds(outcomes.stream().mapToLong(Outcome::nanos).sum()));
    }

    private static String count(List<Outcome> outcomes, Predicate<Verdict> which) {
        return String.valueOf(outcomes.stream().map(Outcome::verdict).filter(which).count());
    }

    private static boolean isSkipped(Verdict verdict) {
        return verdict == Verdict.COULD_NOT_TEST || verdict == Verdict.EXPECTED_FAILURE;
    }

    private void testCase(Outcome outcome) throws XMLStreamException {
        String id = outcome.tried().id();
        int slash = id.indexOf('/');
        begin("testcase", "classname", "conformance." + id.substring(0, slash), "name", id.substring(slash + 1), "time", seconds(outcome.nanos()));
        if (outcome.verdict().isBad()) {
            begin("failure", "type", outcome.verdict().name(), "message", message(outcome));
            xml.writeCharacters(writable(why(outcome)));
            xml.writeEndElement();
        } else if (isSkipped(outcome.verdict())) {
            begin("skipped", "message", outcome.verdict() + ": " + outcome.actual());
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String message(Outcome outcome) {
        return outcome.expected().isEmpty() ? outcome.actual() : "expected " + outcome.expected() + ", got " + outcome.actual();
    }

    private static String why(Outcome outcome) {
        return "sends: %s%nexpects: %s%nwhy: %s%nrules: %s%nexpected: %s%ngot: %s%n".formatted(outcome.tried().sends(), outcome.tried().expects(),
            outcome.tried().why(), String.join(", ", outcome.tried().requirements()), outcome.expected(), outcome.actual());
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / NANOS_PER_SECOND);
    }

    private void begin(String element, String... attributes) throws XMLStreamException {
        xml.writeStartElement(element);
        for (int i = 0; i < attributes.length; i += 2) {
            attribute(attributes[i], attributes[i + 1]);
        }
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, writable(value));
    }

    private static String writable(String text) {
        return text.replaceAll(NOT_XML, "\ufffd");
    }
}
