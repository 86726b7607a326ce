package io.signalbox.gateway.api;

import io.signalbox.gateway.ledger.ApiKey.Quota;
import io.signalbox.gateway.notification.FieldProblem;
import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Role;
import io.signalbox.gateway.security.Scope;
import io.signalbox.gateway.security.Scopes;
import io.signalbox.gateway.text.NearestName;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a body says of an API key, and collects its mistakes. */
final class ApiKeyBody {
  private static final int LONGEST_NAME = 100;
  private static final long MOST_OVERLAP_SECONDS = 30L * 24 * 3600;
  private static final long OVERLAP_SECONDS = 3600;
  private static final long LARGEST_QUOTA = 1_000_000_000_000L;

  private final JsonObject json;
  private final List<FieldProblem> problems = new ArrayList<>();

  /**
   * Takes a body.
   *
   * @param fields the fields that it may have
   */
  ApiKeyBody(JsonObject json, Set<String> fields) {
    this.json = json;
    for (String name : json.fieldNames()) {
      if (!fields.contains(name)) {
        problem(
            name.replace("~", "~0").replace("/", "~1"),
            "is not a known field" + NearestName.hint(name, fields));
      }
    }
  }

  /** Throws if there was any mistake. */
  void check() {
    if (!problems.isEmpty()) {
      throw new InvalidBodyException("the API key has mistakes", problems);
    }
  }

  String name() {
    if (json.getValue("name") instanceof String text
        && !text.isBlank()
        && text.length() <= LONGEST_NAME
        && text.chars().noneMatch(Character::isISOControl)) {
      return text;
    }
    problem("name", "is needed: a text of 1 to " + LONGEST_NAME + " characters");
    return "";
  }

  List<String> roles() {
    Set<String> roles = new LinkedHashSet<>();
    if (json.getValue("roles") instanceof JsonArray list) {
      for (Object each : list) {
        if (each instanceof String text && Role.find(text).isPresent()) {
          roles.add(text);
        } else {
          problem("roles", "must be admin, manager, sender or viewer");
        }
      }
    }
    if (roles.isEmpty() && problems.isEmpty()) {
      problem("roles", "is needed: a list of admin, manager, sender or viewer");
    }
    return List.copyOf(roles);
  }

  /** To what the key is narrowed; empty if it is not. */
  List<String> scopes(List<String> roleNames) {
    Object given = json.getValue("scopes");
    if (given == null) {
      return List.of();
    }
    Set<Role> roles = EnumSet.noneOf(Role.class);
    roleNames.forEach(name -> Role.find(name).ifPresent(roles::add));
    Set<Scope> usable = Access.scopesOf(roles);
    Set<String> words = new LinkedHashSet<>();
    for (Object each : given instanceof JsonArray list ? list : new JsonArray()) {
      if (!(each instanceof String word) || !Scopes.isOne(word)) {
        problem("scopes", "must be scopes such as notifications:write; " + each + " is none");
      } else if (!usable.containsAll(Scopes.of(List.of(word)).named())) {
        problem("scopes", "has " + word + ", which none of the roles allows");
      } else {
        words.add(word);
      }
    }
    if (words.isEmpty() && problems.isEmpty()) {
      problem("scopes", "must be a list with a scope at least; leave it out not to narrow the key");
    }
    return List.copyOf(words);
  }

  /** How many notifications the key may send. */
  Quota quota() {
    return new Quota(count("per_day"), count("per_month"));
  }

  private long count(String field) {
    Object given = json.getValue(field);
    if (given == null) {
      return 0;
    }
    if (given instanceof Integer || given instanceof Long) {
      long count = ((Number) given).longValue();
      if (count >= 1 && count <= LARGEST_QUOTA) {
        return count;
      }
    }
    problem(field, "must be a whole number from 1 to " + LARGEST_QUOTA);
    return 0;
  }

  @Nullable Long expiresAt(long nowMillis) {
    Object given = json.getValue("expires_at");
    if (given == null) {
      return null;
    }
    try {
      long end = given instanceof String text ? Instant.parse(text).toEpochMilli() : 0;
      if (end > nowMillis) {
        return end;
      }
    } catch (DateTimeException | ArithmeticException e) {
      // The same mistake as a time that has passed.
    }
    problem("expires_at", "must be a time to come, such as 2030-01-31T12:00:00Z");
    return null;
  }

  /** Until when the key before counts too; null if it ends now. */
  @Nullable Long previousUntil(long nowMillis) {
    Object given = json.getValue("overlap_seconds", OVERLAP_SECONDS);
    if (given instanceof Integer || given instanceof Long) {
      long seconds = ((Number) given).longValue();
      if (seconds >= 0 && seconds <= MOST_OVERLAP_SECONDS) {
        return seconds == 0 ? null : (Long) (nowMillis + seconds * 1000);
      }
    }
    problem("overlap_seconds", "must be a whole number from 0 to " + MOST_OVERLAP_SECONDS);
    return null;
  }

  private void problem(String field, String detail) {
    problems.add(new FieldProblem("/" + field, detail));
  }
}
