package dev.waybill.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;

/// Log lines go to stderr, one line each. Set up in code: reading an XML file takes a third of a verb's whole start.
public final class LogSetup extends ContextAwareBase implements Configurator {
    /// Text or JSON. The constants are the words of the command line.
    enum Format {
        text,
        json;

        /// Makes the log lines look so. Before the first line is logged.
        void use() {
            System.setProperty(PROPERTY, name());
        }
    }

    private static final String PROPERTY = "waybill.log.format";

    /// A message or an exception that holds line breaks still makes one line.
    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z',UTC} %-5level [%X{lane:--}] %logger{0}:"
            + " %replace(%msg){'[\\r\\n]+', ' / '}%replace(%ex{6}){'[\\r\\n]+', ' / '}%nopex%n";

    @Override
    public ExecutionStatus configure(LoggerContext logs) {
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(logs);
        console.setTarget("System.err");
        console.setEncoder(encoder(logs));
        console.start();
        logs.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        logs.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(console);
        logs.getLogger("dev.waybill").setLevel(Level.INFO);
        // It logs a taken port with its stack; the verb says so in one line.
        logs.getLogger("io.helidon.webserver").setLevel(Level.OFF);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext logs) {
        if (Format.json.name().equals(System.getProperty(PROPERTY))) {
            JsonEncoder json = new JsonEncoder();
            json.setContext(logs);
            json.setWithSequenceNumber(false);
            json.setWithNanoseconds(false);
            json.setWithThreadName(false);
            json.setWithContext(false);
            json.setWithMessage(false);
            json.setWithArguments(false);
            json.setWithFormattedMessage(true);
            json.start();
            return json;
        }
        PatternLayoutEncoder text = new PatternLayoutEncoder();
        text.setContext(logs);
        text.setPattern(PATTERN);
        text.start();
        return text;
    }
}
