package io.signalbox.gateway.compat;

import io.signalbox.gateway.compat.FormFields.File;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads forms of several parts (RFC 7578). Netty's decoder puts spaces in the place of colons in
 * names, such as Mailgun's. Used once.
 */
final class MultipartBody {
  private static final int MOST_PARTS = 2_000;
  private static final int LONGEST_HEAD = 8 << 10;
  private static final String LINE = "\r\n";
  private static final Set<String> AS_IT_IS = Set.of("", "7bit", "8bit", "binary");

  private final Buffer body;
  private final String text;
  private final String delimiter;
  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private final List<File> files = new ArrayList<>();

  private MultipartBody(Buffer body, String boundary) {
    this.body = body;
    // One character a byte: places in the text are places in the body.
    this.text = body.toString(StandardCharsets.ISO_8859_1);
    this.delimiter = "--" + boundary;
  }

  /**
   * The fields of a body.
   *
   * @param contentType the header, with its boundary
   * @return null if it is not well formed, or has too many parts
   */
  static @Nullable FormFields read(String contentType, Buffer body) {
    String boundary = parameter(contentType, "boundary");
    return boundary == null || boundary.isEmpty() ? null : new MultipartBody(body, boundary).read();
  }

  private @Nullable FormFields read() {
    int at = text.startsWith(delimiter) ? 0 : next(0);
    for (int parts = 0; at >= 0 && parts <= MOST_PARTS; parts++) {
      int after = at + delimiter.length();
      if (text.startsWith("--", after)) {
        return new FormFields(values, files);
      }
      int head = text.indexOf(LINE, after) + LINE.length();
      int end = next(head - LINE.length());
      if (head < LINE.length() || end < 0 || !part(head, end - LINE.length())) {
        return null;
      }
      at = end;
    }
    return null;
  }

  /** Where the next delimiter stands after the end of a line; -1 for nowhere. */
  private int next(int from) {
    int at = text.indexOf(LINE + delimiter, from);
    while (at >= 0 && !isDelimiter(at + LINE.length() + delimiter.length())) {
      at = text.indexOf(LINE + delimiter, at + 1);
    }
    return at < 0 ? -1 : at + LINE.length();
  }

  /** Whether the line of a delimiter ends there: others only begin like one. */
  private boolean isDelimiter(int end) {
    int i = end;
    while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
      i++;
    }
    return text.startsWith(LINE, i) || text.startsWith("--", end);
  }

  private boolean part(int start, int end) {
    int blank =
        text.startsWith(LINE, start) ? start - LINE.length() : text.indexOf("\r\n\r\n", start);
    int content = blank + 2 * LINE.length();
    if (blank < start || content > end || blank - start > LONGEST_HEAD) {
      return false;
    }
    String head = body.getString(start, blank, StandardCharsets.UTF_8.name());
    String disposition = header(head, "content-disposition");
    String name = parameter(disposition, "name");
    String encoding = header(head, "content-transfer-encoding").toLowerCase(Locale.ROOT);
    String type = header(head, "content-type");
    Charset charset = charset(type);
    if (name == null || charset == null || !AS_IT_IS.contains(encoding)) {
      return false;
    }
    String filename = parameter(disposition, "filename");
    if (filename == null) {
      String value = new String(body.getBytes(content, end), charset);
      values.computeIfAbsent(name, first -> new ArrayList<>()).add(value);
    } else {
      files.add(new File(name, filename, type, body.getBuffer(content, end)));
    }
    return true;
  }

  /** The value of a header; empty if it is not there. */
  private static String header(String head, String name) {
    for (String line : head.split(LINE, -1)) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).trim().equalsIgnoreCase(name)) {
        return line.substring(colon + 1).trim();
      }
    }
    return "";
  }

  private static @Nullable Charset charset(String type) {
    String name = parameter(type, "charset");
    try {
      return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The value of a parameter of a header; null if it is not there. */
  private static @Nullable String parameter(String header, String wanted) {
    int at = header.indexOf(';');
    while (at >= 0) {
      int equals = header.indexOf('=', at);
      if (equals < 0) {
        return null;
      }
      String name = header.substring(at + 1, equals).trim();
      StringBuilder value = new StringBuilder();
      at = value(header, equals + 1, value);
      if (name.equalsIgnoreCase(wanted)) {
        return value.toString().trim();
      }
    }
    return null;
  }

  /** Reads a value, in quotes or not; returns where the next semicolon is, or -1. */
  private static int value(String header, int from, StringBuilder value) {
    boolean quoted = false;
    for (int i = from; i < header.length(); i++) {
      char c = header.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted && i + 1 < header.length()) {
        i++;
        value.append(header.charAt(i));
      } else if (c == ';' && !quoted) {
        return i;
      } else {
        value.append(c);
      }
    }
    return -1;
  }
}
