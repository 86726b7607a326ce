package io.signalbox.gateway.notification;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.signalbox.spi.Channel;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a notification from the bytes of a JSON object: a notification that can be accepted, or all
 * mistakes at once. No input makes it throw. Thread-safe.
 */
public final class NotificationParser {
  /** Largest size of one notification. */
  public static final int MAX_BYTES = 256 << 10;

  /** After so many mistakes reading ends. */
  public static final int MAX_PROBLEMS = 50;

  /**
   * The field of a stored notification that has what the API of another provider keeps with it.
   * Requests cannot have it.
   */
  public static final String MEMO = "compat";

  private static final int MAX_DEPTH = 32;

  static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private final Clock clock;
  private final PolicyNames policies;

  /**
   * Makes a parser.
   *
   * @param clock wall time, which times in the future are compared with
   * @param policies which routing policies may be named
   */
  public NotificationParser(Clock clock, PolicyNames policies) {
    this.clock = clock;
    this.policies = policies;
  }

  /**
   * Reads one notification.
   *
   * @param content the whole body
   * @param tenant to whom it belongs
   * @param idempotencyKey null for none
   */
  public ParsedNotification parse(Buffer content, String tenant, @Nullable String idempotencyKey) {
    return parse(content, tenant, idempotencyKey, clock.instant(), policies, true);
  }

  /**
   * Reads what a preview asks of a template: its data, language and version.
   *
   * @param content a JSON object that the document allows
   * @param name of the template
   */
  public static ParsedNotification preview(Buffer content, String tenant, String name) {
    Problems problems = new Problems();
    try (JsonParser json = JSON.createParser(content.getBytes())) {
      json.nextToken();
      NotificationDraft draft = new NotificationReader(json, problems, false).read();
      draft.template = name;
      draft.channel = Channel.EMAIL;
      TemplateUse use = NotificationRules.template(draft);
      return problems.isEmpty() && use != null
          ? new ParsedNotification.Templated(use, content, tenant, null)
          : new ParsedNotification.Invalid(false, problems.list());
    } catch (JsonProcessingException e) {
      return malformed(describe(e));
    } catch (IOException e) {
      return malformed("must be JSON in UTF-8");
    }
  }

  /**
   * Reads a notification whose texts a template has given.
   *
   * @param asked as {@link #parse} gave it
   */
  public ParsedNotification parse(ParsedNotification.Templated asked, Rendered rendered) {
    Buffer content = RenderedJson.write(asked.content(), rendered);
    if (content.length() > MAX_BYTES) {
      return new ParsedNotification.Invalid(
          false,
          List.of(
              new FieldProblem(
                  NotificationField.TEMPLATE.pointer(),
                  "gives texts that need more than " + MAX_BYTES + " bytes")));
    }
    ParsedNotification parsed =
        parse(content, asked.tenant(), asked.idempotencyKey(), clock.instant(), policies, false);
    return parsed instanceof ParsedNotification.Invalid invalid ? ofTemplate(invalid) : parsed;
  }

  /** Mistakes in texts that nobody sent are the template's. */
  private static ParsedNotification.Invalid ofTemplate(ParsedNotification.Invalid invalid) {
    return new ParsedNotification.Invalid(
        invalid.malformed(),
        invalid.problems().stream().map(NotificationRules::ofTemplate).toList());
  }

  /** Reads what was accepted before: rules about the present do not apply. */
  static ParsedNotification reread(Buffer content, String tenant, Instant acceptedAt) {
    return parse(content, tenant, null, acceptedAt, null, false);
  }

  /**
   * Null policies: it was accepted before, and rules about the present do not apply. Asked: a
   * template that it names is still to give its texts.
   */
  private static ParsedNotification parse(
      Buffer content,
      String tenant,
      @Nullable String key,
      Instant acceptedAt,
      @Nullable PolicyNames policies,
      boolean asked) {
    byte[] bytes = content.getBytes();
    if (bytes.length == 0) {
      return malformed("must be a JSON object, was empty");
    }
    if (!looksLikeUtf8(bytes)) {
      return malformed("must be JSON in UTF-8 without a byte order mark");
    }
    Problems problems = new Problems();
    try (JsonParser json = JSON.createParser(bytes)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return notAnObject(json);
      }
      NotificationDraft draft = new NotificationReader(json, problems, policies == null).read();
      if (!problems.isFull()) {
        if (json.nextToken() != null) {
          return malformed("must be one JSON object; something follows it");
        }
        NotificationRules.check(draft, asked, problems);
        if (policies != null) {
          NotificationRules.checkTimes(draft, acceptedAt, problems);
          NotificationRules.checkPolicy(draft, policies, problems);
        }
      }
      if (!problems.isEmpty()) {
        return new ParsedNotification.Invalid(false, problems.list());
      }
      TemplateUse template = asked ? NotificationRules.template(draft) : null;
      return template == null
          ? new ParsedNotification.Valid(
              NotificationRules.build(draft, tenant, key, acceptedAt), content)
          : new ParsedNotification.Templated(template, content, tenant, key);
    } catch (JsonProcessingException e) {
      return malformed(describe(e));
    } catch (IOException e) {
      return malformed("must be JSON in UTF-8");
    }
  }

  private static ParsedNotification notAnObject(JsonParser json) throws IOException {
    json.finishToken();
    json.skipChildren();
    return new ParsedNotification.Invalid(
        false, List.of(new FieldProblem("", "must be a JSON object")));
  }

  /** The first two bytes tell UTF-8 from UTF-16 and UTF-32: JSON begins with ASCII. */
  private static boolean looksLikeUtf8(byte[] bytes) {
    return bytes[0] > 0 && (bytes.length < 2 || bytes[1] != 0);
  }

  private static ParsedNotification.Invalid malformed(String detail) {
    return new ParsedNotification.Invalid(true, List.of(new FieldProblem("", detail)));
  }

  private static String describe(JsonProcessingException e) {
    String where =
        e.getLocation() == null
            ? ""
            : " at line "
                + e.getLocation().getLineNr()
                + ", column "
                + e.getLocation().getColumnNr();
    return e instanceof JsonEOFException
        ? "is not complete JSON: it ends" + where
        : "is not JSON" + where;
  }
}
