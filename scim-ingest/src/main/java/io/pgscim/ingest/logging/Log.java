package io.pgscim.ingest.logging;

import com.google.errorprone.annotations.CompileTimeConstant;
import io.pgscim.ingest.logging.Key.Fact;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/**
 * The one way to the log. A message says what happened and is fixed in the code; what it happened
 * to are {@link Key}s: fields of their own in JSON, {@code key=value} behind the message in text.
 */
public final class Log {
  private static final boolean JSON =
      ConfigProvider.getConfig()
          .getOptionalValue("pgscim.log.json", Boolean.class)
          .orElse(Boolean.FALSE);

  private final Logger logger;

  private Log(Logger logger) {
    this.logger = logger;
  }

  /** The log of a class. */
  public static Log of(Class<?> speaker) {
    return new Log(Logger.getLogger(speaker.getName()));
  }

  public void info(@CompileTimeConstant String message, Fact... facts) {
    log(Level.INFO, message, null, facts);
  }

  public void warn(@CompileTimeConstant String message, Fact... facts) {
    log(Level.WARN, message, null, facts);
  }

  public void error(@CompileTimeConstant String message, Fact... facts) {
    log(Level.ERROR, message, null, facts);
  }

  /**
   * @param failure its stack is told, its messages, which may quote what a client sent, are not
   */
  public void error(@CompileTimeConstant String message, Throwable failure, Fact... facts) {
    log(Level.ERROR, message, Silenced.of(failure), facts);
  }

  private void log(Level level, String message, Throwable failure, Fact... facts) {
    if (!logger.isLoggable(level)) {
      return;
    }
    ExtLogRecord record =
        JSON
            ? new ExtLogRecord(level, message, FormatStyle.NO_FORMAT, Log.class.getName())
            : new ExtLogRecord(
                level, text(message, facts), FormatStyle.NO_FORMAT, Log.class.getName());
    record.setLoggerName(logger.getName());
    record.setThrown(failure);
    record.setMdc(JSON ? fields(facts) : Map.of());
    logger.logRaw(record);
  }

  static Map<String, String> fields(Fact... facts) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (Fact fact : facts) {
      if (fact.value() != null) {
        fields.put(fact.key().label, fact.value());
      }
    }
    return fields;
  }

  static String text(String message, Fact... facts) {
    StringBuilder line = new StringBuilder(message);
    for (Fact fact : facts) {
      if (fact.value() != null) {
        line.append(' ').append(fact.key().label).append('=');
        append(line, fact.value());
      }
    }
    return line.toString();
  }

  /** A value that could be taken for more than one, or for another line, stands in quotes. */
  private static void append(StringBuilder line, String value) {
    if (isPlain(value)) {
      line.append(value);
      return;
    }
    line.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        line.append('\\').append(c);
      } else if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
        line.append(String.format("\\u%04x", (int) c));
      } else {
        line.append(c);
      }
    }
    line.append('"');
  }

  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '"' || c == '=') {
        return false;
      }
    }
    return !value.isEmpty();
  }
}
