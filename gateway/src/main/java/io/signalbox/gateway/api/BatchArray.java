package io.signalbox.gateway.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.signalbox.gateway.bus.GatewayException;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a JSON array into the bytes of its items, so that each is stored as it came. The items are
 * views of the body.
 */
final class BatchArray {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

  private BatchArray() {}

  /**
   * Cuts an array.
   *
   * @throws GatewayException of status 400 if the body is not JSON, 422 if it is no array or has
   *     too many items
   */
  static List<Buffer> cut(Buffer body, int maxItems) {
    byte[] bytes = body.getBytes();
    List<Buffer> items = new ArrayList<>();
    try (JsonParser json = JSON.createParser(bytes)) {
      if (json.nextToken() != JsonToken.START_ARRAY) {
        throw new GatewayException(422, "the body must be a JSON array of notifications");
      }
      while (json.nextToken() != JsonToken.END_ARRAY) {
        if (items.size() == maxItems) {
          throw new GatewayException(
              422, "a batch holds at most " + maxItems + " notifications; or send x-ndjson");
        }
        items.add(item(json, body));
      }
      if (json.nextToken() != null) {
        throw new GatewayException(400, "the body must be one JSON array; something follows it");
      }
      return items;
    } catch (JsonProcessingException e) {
      throw new GatewayException(400, "the body is not JSON" + where(e));
    } catch (IOException e) {
      throw new GatewayException(400, "the body is not JSON in UTF-8");
    }
  }

  private static Buffer item(JsonParser json, Buffer body) throws IOException {
    if (!json.currentToken().isStructStart()) {
      // Not an object, whatever it is: the parser says so of this stand-in too.
      return Buffer.buffer("0");
    }
    int start = Math.toIntExact(json.currentTokenLocation().getByteOffset());
    json.skipChildren();
    int end = Math.toIntExact(json.currentLocation().getByteOffset());
    return body.slice(start, end);
  }

  private static String where(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : " at line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
  }
}
