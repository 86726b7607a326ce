package io.signalbox.gateway.notification;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.signalbox.gateway.text.NearestName;
import io.signalbox.spi.MailAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the mail addresses that stand in headers of a mail. */
final class HeaderAddresses {
  private static final String EMAIL = "email";
  private static final String NAME = "name";
  private static final List<String> MEMBERS = List.of(EMAIL, NAME);

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

  /** An array of different ones, each with a name beside it or without. */
  List<MailAddress> list(String pointer) throws IOException {
    List<MailAddress> addresses = new ArrayList<>(1);
    if (json.currentToken() != JsonToken.START_ARRAY) {
      problems.add(pointer, "must be an array of mail addresses");
      json.skipChildren();
      return addresses;
    }
    int count = 0;
    for (; json.nextToken() != JsonToken.END_ARRAY; count++) {
      String at = pointer + "/" + count;
      MailAddress address = perhapsNamed(at);
      if (address != null && stands(address, addresses)) {
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

  private static boolean stands(MailAddress address, List<MailAddress> others) {
    return others.stream().anyMatch(each -> each.address().equals(address.address()));
  }

  private @Nullable MailAddress perhapsNamed(String pointer) throws IOException {
    if (json.currentToken() == JsonToken.START_OBJECT) {
      return named(pointer);
    }
    String address = one(pointer);
    return address == null ? null : new MailAddress(address, null);
  }

  private @Nullable MailAddress named(String pointer) throws IOException {
    String email = null;
    String name = null;
    Set<String> given = new HashSet<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String member = json.currentName();
      String at = Problems.child(pointer, member);
      JsonToken value = json.nextToken();
      if (!MEMBERS.contains(member)) {
        problems.add(at, "is not a known field" + NearestName.hint(member, MEMBERS));
        json.skipChildren();
      } else if (!given.add(member)) {
        problems.add(at, "stands there twice");
        json.skipChildren();
      } else if (member.equals(EMAIL)) {
        email = one(at);
      } else if (value != JsonToken.VALUE_NULL) {
        name = values.line(at, Limits.HEADER_NAME);
      }
    }
    if (!given.contains(EMAIL)) {
      problems.add(Problems.child(pointer, EMAIL), "is required");
    }
    return email == null ? null : new MailAddress(email, name);
  }
}
