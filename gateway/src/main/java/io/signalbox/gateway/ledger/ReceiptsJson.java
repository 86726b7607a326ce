package io.signalbox.gateway.ledger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Normalised receipts as ledgers store them until they take effect: a JSON array. */
public final class ReceiptsJson {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int BYTES_EACH = 256;

  private ReceiptsJson() {}

  /** Writes receipts. */
  public static byte[] write(List<Receipt> receipts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(BYTES_EACH * receipts.size());
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartArray();
      for (Receipt receipt : receipts) {
        write(receipt, json);
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  private static void write(Receipt receipt, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("event_id", receipt.eventId());
    writeText("attempt_id", receipt.attemptId(), json);
    writeText("message_id", receipt.providerMessageId(), json);
    json.writeStringField("status", receipt.status().wireName());
    json.writeStringField("reason", receipt.reason().wireName());
    json.writeStringField("provider_status", receipt.providerStatus());
    writeText("provider_code", receipt.providerCode(), json);
    writeText("provider_text", receipt.providerText(), json);
    writeText("recipient", receipt.recipient(), json);
    json.writeStringField("occurred_at", receipt.occurredAt().toString());
    json.writeEndObject();
  }

  private static void writeText(String name, @Nullable String value, JsonGenerator json)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  /**
   * Reads receipts.
   *
   * @throws RuntimeException if they are not of the form that {@link #write} gives them
   */
  public static List<Receipt> read(byte[] stored) {
    JsonArray array = new JsonArray(Buffer.buffer(stored));
    List<Receipt> receipts = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      receipts.add(read(array.getJsonObject(i)));
    }
    return receipts;
  }

  private static Receipt read(JsonObject json) {
    return new Receipt(
        required(json, "event_id"),
        json.getString("attempt_id"),
        json.getString("message_id"),
        ReceiptStatus.valueOf(required(json, "status").toUpperCase(Locale.ROOT)),
        ReasonClass.valueOf(required(json, "reason").toUpperCase(Locale.ROOT)),
        required(json, "provider_status"),
        json.getString("provider_code"),
        json.getString("provider_text"),
        json.getString("recipient"),
        Instant.parse(required(json, "occurred_at")));
  }

  private static String required(JsonObject json, String name) {
    String value = json.getString(name);
    if (value == null) {
      throw new IllegalArgumentException("a stored receipt has no " + name);
    }
    return value;
  }
}
