package io.signalbox.gateway.security;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the claims of one issuer's tokens must be, and which of them say what the bearer may do.
 *
 * @param issuer what {@code iss} must be
 * @param audiences one of which {@code aud} must name; empty: it is not looked at
 * @param leeway by how much clocks may differ
 * @param rolesClaim where the roles stand: a list, or a text with spaces between them; a name such
 *     as {@code realm_access.roles} also leads into objects
 * @param scopeClaim where the scopes stand, in the same form as the roles
 * @param tenantClaim where the tenant stands
 * @param defaultTenant for tokens without that claim; null: they are refused
 */
record TokenRules(
    String issuer,
    List<String> audiences,
    Duration leeway,
    String rolesClaim,
    String scopeClaim,
    String tenantClaim,
    @Nullable String defaultTenant) {
  private static final int LONGEST_NAME = 200;
  private static final double FARTHEST_MILLIS = 1e16;

  TokenRules {
    audiences = List.copyOf(audiences);
  }

  /**
   * Reads the claims of a token whose signature is good.
   *
   * @throws SignInException if they are not as they must be
   * @throws RuntimeException of the JSON library if one is of an unexpected type
   */
  Verified read(JsonObject claims, long nowMillis) {
    String subject = claims.getString("sub");
    if (subject == null
        || !isName(subject)
        || Caller.Credential.ofActor(subject) != Caller.Credential.TOKEN) {
      throw new SignInException(SignInFailure.CLAIMS, null);
    }
    require(issuer.equals(claims.getString("iss")), SignInFailure.ISSUER, subject);
    require(
        audiences.isEmpty() || namesUs(claims.getValue("aud")), SignInFailure.AUDIENCE, subject);
    Number end = claims.getNumber("exp");
    if (end == null) {
      throw new SignInException(SignInFailure.CLAIMS, subject);
    }
    long leewayMillis = leeway.toMillis();
    long endsAt = millis(end) + leewayMillis;
    require(nowMillis < endsAt, SignInFailure.EXPIRED, subject);
    long latest = nowMillis + leewayMillis;
    require(begins(claims, "nbf") <= latest, SignInFailure.NOT_YET, subject);
    require(begins(claims, "iat") <= latest, SignInFailure.NOT_YET, subject);
    Set<Role> roles = roles(claim(claims, rolesClaim));
    require(!roles.isEmpty(), SignInFailure.ROLES, subject);
    Object named = claim(claims, tenantClaim);
    Object tenant = named == null ? defaultTenant : named;
    if (!(tenant instanceof String name) || !isName(name)) {
      throw new SignInException(SignInFailure.TENANT, subject);
    }
    Object narrowed = claim(claims, scopeClaim);
    require(narrowed == null || isWords(narrowed), SignInFailure.CLAIMS, subject);
    Scopes scopes = scopes(narrowed);
    return new Verified(new Caller(subject, name, roles, scopes), endsAt);
  }

  private static void require(boolean held, SignInFailure otherwise, String subject) {
    if (!held) {
      throw new SignInException(otherwise, subject);
    }
  }

  private boolean namesUs(@Nullable Object audience) {
    return audience instanceof JsonArray list ? list.stream().anyMatch(this::isUs) : isUs(audience);
  }

  private boolean isUs(@Nullable Object audience) {
    return audience instanceof String text && audiences.contains(text);
  }

  private static long begins(JsonObject claims, String name) {
    Number begin = claims.getNumber(name);
    return begin == null ? 0 : millis(begin);
  }

  /** Far times stay far: what is added to them must not overflow. */
  private static long millis(Number seconds) {
    double millis = seconds.doubleValue() * 1000;
    return (long) Math.max(0, Math.min(millis, FARTHEST_MILLIS));
  }

  private static @Nullable Object claim(JsonObject claims, String name) {
    if (claims.containsKey(name)) {
      return claims.getValue(name);
    }
    Object found = claims;
    for (String step : name.split("\\.", -1)) {
      found = found instanceof JsonObject object ? object.getValue(step) : null;
    }
    return found;
  }

  private static Set<Role> roles(@Nullable Object value) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    words(value).forEach(word -> Role.find(word).ifPresent(roles::add));
    return roles;
  }

  /**
   * What is narrowed. Issuers also have scopes for others, such as {@code openid}: where none of
   * our areas is named the token is not narrowed, and where one is, only what is known counts.
   */
  private static Scopes scopes(@Nullable Object value) {
    List<String> ours = words(value).stream().filter(Scope::isOfOurs).toList();
    return ours.isEmpty() ? Scopes.ALL : Scopes.of(ours);
  }

  /** What was meant to narrow and cannot be read narrows nothing, so it may not be passed over. */
  private static boolean isWords(Object value) {
    return value instanceof JsonArray list
        ? list.stream().allMatch(String.class::isInstance)
        : value instanceof String;
  }

  private static List<String> words(@Nullable Object value) {
    if (value instanceof JsonArray list) {
      return list.stream().filter(String.class::isInstance).map(String.class::cast).toList();
    }
    return value instanceof String text ? List.of(text.split(" ", -1)) : List.of();
  }

  private static boolean isName(String text) {
    return !text.isBlank()
        && text.length() <= LONGEST_NAME
        && text.chars().noneMatch(Character::isISOControl);
  }

  /**
   * What a good token says.
   *
   * @param endsAtMillis from then on it is refused
   */
  record Verified(Caller caller, long endsAtMillis) {}
}
