package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.DegradationCause;
import io.signalbox.gateway.model.DegradationReason;
import io.signalbox.spi.Channel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The reasons of a mode as the ledger stores them and the API shows them. */
public final class ReasonsJson {
  private ReasonsJson() {}

  /** As a JSON array. */
  public static JsonArray write(List<DegradationReason> reasons) {
    JsonArray list = new JsonArray();
    for (DegradationReason reason : reasons) {
      JsonObject json = new JsonObject().put("cause", reason.cause().wireName());
      Channel channel = reason.channel();
      if (channel != null) {
        json.put("channel", channel.wireName());
      }
      list.add(json.put("detail", reason.detail()));
    }
    return list;
  }

  /** Reads what {@link #write} made. */
  public static List<DegradationReason> read(String text) {
    List<DegradationReason> reasons = new ArrayList<>();
    JsonArray list = new JsonArray(text);
    for (int i = 0; i < list.size(); i++) {
      JsonObject json = list.getJsonObject(i);
      reasons.add(
          new DegradationReason(
              DegradationCause.valueOf(json.getString("cause").toUpperCase(Locale.ROOT)),
              Channel.find(json.getString("channel", "")).orElse(null),
              json.getString("detail")));
    }
    return reasons;
  }
}
