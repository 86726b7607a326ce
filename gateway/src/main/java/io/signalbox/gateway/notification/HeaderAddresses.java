package io.signalbox.gateway.notification;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the mail addresses that stand in headers of a mail. */
final class HeaderAddresses {
  private final JsonParser json;
  private final Problems problems;
  private final FieldReader values;

  HeaderAddresses(JsonParser json, Problems problems, FieldReader values) {
    this.json = json;
    this.problems = problems;
    this.values = values;
  }

  /** One address; null if it is none. */
  @Nullable String one(String pointer) throws IOException {
    String text = values.text(pointer, Limits.ADDRESS);
    String wrong = text == null ? null : AddressRules.headerEmail(text);
    if (wrong != null) {
      problems.add(pointer, wrong);
      return null;
    }
    return text;
  }

  /** An array of different ones. */
  List<String> list(String pointer) throws IOException {
    List<String> addresses = new ArrayList<>(1);
    if (json.currentToken() != JsonToken.START_ARRAY) {
      problems.add(pointer, "must be an array of mail addresses");
      json.skipChildren();
      return addresses;
    }
    int count = 0;
    for (; json.nextToken() != JsonToken.END_ARRAY; count++) {
      String at = pointer + "/" + count;
      String address = one(at);
      if (address != null && addresses.contains(address)) {
        problems.add(at, "names an address that stands there already");
      } else if (address != null && count < Limits.REPLY_TO) {
        addresses.add(address);
      }
    }
    if (count == 0 || count > Limits.REPLY_TO) {
      problems.add(pointer, "must have 1 to " + Limits.REPLY_TO + " addresses");
    }
    return addresses;
  }
}
