package io.signalbox.gateway.compat;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.EndOfDataDecoderException;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.ErrorDataDecoderException;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a form, in the order in which they came. Immutable.
 *
 * @param values of each name, at least one
 * @param files of forms of several parts
 */
public record FormFields(Map<String, List<String>> values, List<File> files) {
  /** A form of more fields is nobody's. */
  private static final int MOST_FIELDS = 2_000;

  private static final String URL_ENCODED = "application/x-www-form-urlencoded";
  private static final String MULTIPART = "multipart/form-data";

  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=\"?([^\";,\\s]+)", Pattern.CASE_INSENSITIVE);

  /** Copies the collections. */
  public FormFields {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    values.forEach((name, all) -> copy.put(name, List.copyOf(all)));
    values = Collections.unmodifiableMap(copy);
    files = List.copyOf(files);
  }

  /**
   * A file in a form of several parts.
   *
   * @param name of the field
   * @param mediaType as the part says it; empty if it does not
   */
  public record File(String name, String filename, String mediaType, Buffer content) {}

  /** Whether a request's body is a form, by its media type. */
  public static boolean isForm(DialectRequest request) {
    String type = request.mediaType();
    return type.equals(URL_ENCODED) || type.equals(MULTIPART);
  }

  /**
   * The fields of a request's body.
   *
   * @throws RefusedException 415 if it is no form, 400 if it is not well formed
   */
  public static FormFields of(DialectRequest request) {
    return switch (request.mediaType()) {
      case URL_ENCODED -> urlEncoded(request.body().toString(StandardCharsets.UTF_8));
      case MULTIPART -> multipart(request);
      default ->
          throw new RefusedException(
              new Refusal(415, "the body must be " + URL_ENCODED + " or " + MULTIPART));
    };
  }

  /** The fields of a query. */
  public static FormFields of(MultiMap query) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    query.forEach(
        each -> values.computeIfAbsent(each.getKey(), n -> new ArrayList<>()).add(each.getValue()));
    return new FormFields(values, List.of());
  }

  /** The names of all fields, files among them. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>(values.keySet());
    files.forEach(file -> names.add(file.name()));
    return names;
  }

  /** The values of a field; empty if it is not there. */
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /**
   * The value of a field that can stand there once; null if it does not.
   *
   * @throws RefusedException if it stands there more often
   */
  public @Nullable String one(String name) {
    List<String> all = all(name);
    if (all.size() > 1) {
      throw RefusedException.of(name, "must not stand there more than once");
    }
    return all.isEmpty() ? null : all.get(0);
  }

  /** The fields as members of an object: a text, a list of several, an object for a file. */
  public JsonObject json() {
    JsonObject json = new JsonObject();
    values.forEach(
        (name, all) -> json.put(name, all.size() == 1 ? all.get(0) : new JsonArray(all)));
    files.forEach(file -> json.put(file.name(), new JsonObject().put("file", file.filename())));
    return json;
  }

  private static FormFields urlEncoded(String body) {
    try {
      // One more than is allowed: the rest would be left out without a word.
      Map<String, List<String>> values =
          new QueryStringDecoder(body, StandardCharsets.UTF_8, false, MOST_FIELDS + 1, true)
              .parameters();
      if (values.values().stream().mapToInt(List::size).sum() > MOST_FIELDS) {
        throw new RefusedException(new Refusal(400, "has more than " + MOST_FIELDS + " fields"));
      }
      return new FormFields(values, List.of());
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
  }

  private static FormFields multipart(DialectRequest request) {
    String type = String.valueOf(request.header("content-type"));
    if (!isWhole(type, request.body())) {
      throw malformed();
    }
    FullHttpRequest whole =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.POST,
            "/",
            Unpooled.wrappedBuffer(request.body().getBytes()));
    whole.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
    HttpPostMultipartRequestDecoder decoder = null;
    try {
      decoder =
          new HttpPostMultipartRequestDecoder(
              new DefaultHttpDataFactory(false),
              whole,
              StandardCharsets.UTF_8,
              MOST_FIELDS,
              request.body().length() + 1);
      return read(decoder);
    } catch (ErrorDataDecoderException
        | EndOfDataDecoderException
        | IOException
        | IllegalArgumentException e) {
      throw malformed();
    } finally {
      if (decoder != null) {
        decoder.destroy();
      }
    }
  }

  /** Whether the last boundary is there: the decoder would leave out without a word what is cut. */
  private static boolean isWhole(String type, Buffer body) {
    Matcher boundary = BOUNDARY.matcher(type);
    return boundary.find()
        && body.toString(StandardCharsets.ISO_8859_1).contains("--" + boundary.group(1) + "--");
  }

  private static FormFields read(HttpPostMultipartRequestDecoder decoder) throws IOException {
    Map<String, List<String>> values = new LinkedHashMap<>();
    List<File> files = new ArrayList<>();
    for (InterfaceHttpData part : decoder.getBodyHttpDatas()) {
      if (part instanceof FileUpload file) {
        files.add(
            new File(
                file.getName(),
                file.getFilename(),
                file.getContentType() == null ? "" : file.getContentType(),
                Buffer.buffer(file.get())));
      } else if (part instanceof Attribute field) {
        values.computeIfAbsent(field.getName(), n -> new ArrayList<>()).add(field.getValue());
      }
    }
    return new FormFields(values, files);
  }

  private static RefusedException malformed() {
    return new RefusedException(new Refusal(400, "the form is not well formed"));
  }

  /** Nothing of it: recipients and credentials are in it. */
  @Override
  public String toString() {
    return "FormFields[masked]";
  }
}
