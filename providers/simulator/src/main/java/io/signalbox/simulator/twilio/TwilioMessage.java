package io.signalbox.simulator.twilio;

import io.signalbox.simulator.core.SmsParts;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message that was taken, in the status that it reached. */
final class TwilioMessage {
  private static final String API_VERSION = "2010-04-01";
  private static final DateTimeFormatter RFC_2822 =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DLR_DONE =
      DateTimeFormatter.ofPattern("yyMMddHHmm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private final String sid;
  private final String accountSid;
  private final String to;
  private final @Nullable String from;
  private final @Nullable String service;
  private final String body;
  private final int media;
  private final Instant created;
  private Instant updated;
  private @Nullable Instant sent;
  private String status;
  private @Nullable Integer errorCode;

  TwilioMessage(String sid, String accountSid, MessageForm form, Instant created) {
    this.sid = sid;
    this.accountSid = accountSid;
    this.to = form.value("To");
    this.from = form.filled("From");
    this.service = form.filled("MessagingServiceSid");
    this.body = form.value("Body");
    this.media = form.filled("MediaUrl") == null ? 0 : 1;
    this.created = created;
    this.updated = created;
    this.status = service == null ? "queued" : "accepted";
  }

  String sid() {
    return sid;
  }

  String to() {
    return to;
  }

  String body() {
    return body;
  }

  /** Moves to a status; the error code is null unless the status is a bad one. */
  void becomes(String newStatus, @Nullable Integer newErrorCode, Instant at) {
    status = newStatus;
    errorCode = newErrorCode;
    updated = at;
    if (newStatus.equals("sent")) {
      sent = at;
    }
  }

  /** The parameters of the status callback. */
  Map<String, String> callbackParameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("AccountSid", accountSid);
    parameters.put("ApiVersion", API_VERSION);
    if (from != null) {
      parameters.put("From", from);
    }
    if (service != null) {
      parameters.put("MessagingServiceSid", service);
    }
    parameters.put("MessageSid", sid);
    parameters.put("MessageStatus", status);
    parameters.put("SmsSid", sid);
    parameters.put("SmsStatus", status);
    parameters.put("To", to);
    if (errorCode != null) {
      parameters.put("ErrorCode", errorCode.toString());
    }
    if (status.equals("delivered") || status.equals("undelivered")) {
      parameters.put("RawDlrDoneDate", DLR_DONE.format(updated));
    }
    return parameters;
  }

  /** The resource as the API answers it. */
  JsonObject toJson() {
    String uri = "/" + API_VERSION + "/Accounts/" + accountSid + "/Messages/" + sid;
    return new JsonObject()
        .put("account_sid", accountSid)
        .put("api_version", API_VERSION)
        .put("body", body)
        .put("date_created", RFC_2822.format(created))
        .put("date_sent", sent == null ? null : RFC_2822.format(sent))
        .put("date_updated", RFC_2822.format(updated))
        .put("direction", "outbound-api")
        .put("error_code", errorCode)
        .putNull("error_message")
        .put("from", from)
        .put("messaging_service_sid", service)
        .put("num_media", Integer.toString(media))
        .put("num_segments", Integer.toString(SmsParts.count(body)))
        .putNull("price")
        .put("price_unit", "USD")
        .put("sid", sid)
        .put("status", status)
        .put("subresource_uris", new JsonObject().put("media", uri + "/Media.json"))
        .put("to", to)
        .put("uri", uri + ".json");
  }

  @Override
  public String toString() {
    return "TwilioMessage[" + sid + ", " + status + "]";
  }
}
