package io.signalbox.simulator.core;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code multipart/form-data}. Netty's reader is no help here: it replaces the colons in the
 * names of fields, and names such as {@code o:tag} live by them.
 */
final class MultipartBody {
  private static final Pattern BOUNDARY =
      Pattern.compile(
          ";\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME =
      Pattern.compile(
          "content-disposition:\\s*form-data;.*?\\bname=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);
  private static final Pattern FILE_NAME =
      Pattern.compile(";\\s*filename\\*?=", Pattern.CASE_INSENSITIVE);
  private static final String LINE = "\r\n";
  private static final String BLANK_LINE = "\r\n\r\n";
  private static final String END = "--";

  private MultipartBody() {}

  /** The texts of the parts by their names; empty if it is none. Files are passed over. */
  static Optional<Map<String, List<String>>> read(String contentType, Buffer body) {
    Matcher found = BOUNDARY.matcher(contentType);
    if (!found.find()) {
      return Optional.empty();
    }
    String delimiter = "--" + (found.group(1) == null ? found.group(2) : found.group(1));
    // One character a byte, so that places in the text are places in the body.
    String text = body.toString(StandardCharsets.ISO_8859_1);
    if (!text.startsWith(delimiter)) {
      return Optional.empty();
    }
    Map<String, List<String>> fields = new LinkedHashMap<>();
    int at = delimiter.length();
    while (!text.startsWith(END, at)) {
      int head = at + LINE.length();
      int end = text.indexOf(LINE + delimiter, at);
      int content = text.indexOf(BLANK_LINE, at);
      if (!text.startsWith(LINE, at) || content < 0 || end < content + BLANK_LINE.length()) {
        return Optional.empty();
      }
      add(text.substring(head, content), body, content + BLANK_LINE.length(), end, fields);
      at = end + LINE.length() + delimiter.length();
    }
    return Optional.of(fields);
  }

  private static void add(
      String head, Buffer body, int from, int to, Map<String, List<String>> fields) {
    Matcher name = NAME.matcher(head);
    if (name.find() && !FILE_NAME.matcher(head).find()) {
      fields
          .computeIfAbsent(utf8(name.group(1)), any -> new ArrayList<>())
          .add(body.getString(from, to, StandardCharsets.UTF_8.name()));
    }
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
