package io.signalbox.simulator.mailgun;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.ApiRequest;
import io.signalbox.simulator.core.Failure;
import io.signalbox.simulator.core.Fields;
import io.signalbox.simulator.core.FormData;
import io.signalbox.simulator.core.Handling;
import io.signalbox.simulator.core.MailHeaders;
import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.core.RemoteApi;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code POST /v3/{domain}/messages} and {@code GET /v3/{domain}/events}. */
public final class MailgunApi implements RemoteApi {
  /** 52.4 MiB. */
  private static final int MAX_BODY_BYTES = 54_945_382;

  private static final String VERSION = "/v3/";
  private static final String REFERENCE = "signalbox_attempt";
  private static final DateTimeFormatter ID_TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private final MailgunAccount account;
  private final PluginState state;
  private final EventLog log = new EventLog();
  private final MailgunEvents events;
  private final String basicCredentials;

  /** The API of one account with one domain. */
  public MailgunApi(MailgunAccount account, PluginState state) {
    this.account = account;
    this.state = state;
    this.events = new MailgunEvents(state, account, log);
    this.basicCredentials =
        Base64.getEncoder()
            .encodeToString(("api:" + account.apiKey()).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String name() {
    return "mailgun";
  }

  @Override
  public JsonObject account() {
    return account.toState();
  }

  @Override
  public int maxBodyBytes() {
    return MAX_BODY_BYTES;
  }

  @Override
  public boolean acceptsGzip() {
    return true;
  }

  @Override
  public Answer answer(ApiRequest request, Handling handling) {
    if (!basicCredentials.equals(request.authorization("Basic "))) {
      return MailgunErrors.forbidden();
    }
    String[] parts = request.path().split("/", -1);
    if (!request.path().startsWith(VERSION) || parts.length < 4) {
      return MailgunErrors.of(404, "Not Found");
    }
    if (!parts[2].equals(account.domain())) {
      return MailgunErrors.of(404, "Domain not found: " + parts[2]);
    }
    boolean reads = request.method().equals(HttpMethod.GET);
    if (parts[3].equals("messages") && parts.length == 4) {
      return request.method().equals(HttpMethod.POST) ? send(request, handling) : wrongMethod();
    }
    if (parts[3].equals("events") && parts.length == 4) {
      return reads ? find(request, request.query()) : wrongMethod();
    }
    if (parts[3].equals("events") && parts.length == 5) {
      return EventQuery.rawQuery(parts[4])
          .map(query -> reads ? find(request, query) : wrongMethod())
          .orElseGet(() -> MailgunErrors.of(404, "Not Found"));
    }
    return MailgunErrors.of(404, "Not Found");
  }

  private Answer send(ApiRequest request, Handling handling) {
    Optional<Map<String, List<String>>> fields = FormData.read(request);
    if (fields.isEmpty()) {
      return MailgunErrors.of(400, "the form cannot be read");
    }
    SendForm form = new SendForm(fields.get());
    return form.refusal(handling.refuseRecipient())
        .orElseGet(() -> take(form, request.body().length(), handling));
  }

  private Answer take(SendForm form, int size, Handling handling) {
    Instant now = state.clock().instant();
    String id =
        ID_TIME.format(now)
            + ".1."
            + state.ids().hex(16).toUpperCase(Locale.ROOT)
            + "@"
            + account.domain();
    MailgunMessage message = MailgunMessage.of(id, form, size);
    String reference = message.variables().getString(REFERENCE);
    String text = form.value("text").isEmpty() ? form.value("html") : form.value("text");
    for (String recipient : form.recipients()) {
      state
          .received()
          .add(
              recipient,
              reference,
              id,
              form.value("subject") + "\n" + text,
              handling.delivers(),
              MailHeaders.of(form.value("from"), form.value("h:Reply-To")));
      if (handling.delivers()) {
        events.schedule(message, recipient, handling.receipts());
      }
    }
    return Answer.json(
        200, new JsonObject().put("id", "<" + id + ">").put("message", "Queued. Thank you."));
  }

  private Answer find(ApiRequest request, @Nullable String rawQuery) {
    Optional<EventQuery> query =
        Fields.form(rawQuery)
            .flatMap(parameters -> EventQuery.of(parameters, state.clock().instant()));
    if (query.isEmpty()) {
      return MailgunErrors.of(400, "begin, end or limit is not valid");
    }
    Buffer body = Buffer.buffer("{\"items\":[");
    boolean first = true;
    for (Buffer event : log.page(query.get())) {
      body.appendString(first ? "" : ",").appendBuffer(event);
      first = false;
    }
    body.appendString("],\"paging\":").appendBuffer(paging(request, rawQuery, query.get()));
    return new Answer(200, Map.of("Content-Type", "application/json"), body.appendString("}"));
  }

  /** Both URLs are always there, even where they lead to an empty page. */
  private Buffer paging(ApiRequest request, @Nullable String rawQuery, EventQuery query) {
    String base = "http://" + request.header("host") + VERSION + account.domain() + "/events/";
    long before = Math.max(0, query.skip() - query.limit());
    long after = query.skip() + query.limit();
    return new JsonObject()
        .put("next", base + EventQuery.pageToken(rawQuery, after))
        .put("previous", base + EventQuery.pageToken(rawQuery, before))
        .toBuffer();
  }

  private static Answer wrongMethod() {
    return MailgunErrors.of(405, "Method Not Allowed");
  }

  @Override
  public Answer failure(Failure failure, ApiRequest request, int retryAfterSeconds) {
    return MailgunErrors.of(failure, account.domain(), state.clock().instant(), retryAfterSeconds);
  }

  @Override
  public void close() {
    events.close();
  }
}
