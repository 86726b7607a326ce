package io.signalbox.gateway.delivery;

import io.signalbox.gateway.ledger.Sha256;
import io.signalbox.loader.ProviderDefinition;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells accounts at providers apart: by the plugin and the addresses in the first part, before a
 * hyphen, and in the second by the account's name where the provider's file gives it, otherwise by
 * what comes from the environment or from files, which all credentials do. What only webhooks need
 * says nothing of the account. The parts are so short that nobody can try secrets against them.
 */
final class AccountPrint {
  private static final int BYTES = 4;

  private final Set<String> literals;
  private final Map<String, String> addresses = new TreeMap<>();
  private final Map<String, String> secrets = new TreeMap<>();

  private AccountPrint(Set<String> literals) {
    this.literals = literals;
  }

  /** The print of a provider's account; empty if its file names nothing that tells. */
  static String of(ProviderDefinition definition) {
    return of(
        definition.plugin(), definition.account(), definition.config(), definition.literals());
  }

  /**
   * The print of an account.
   *
   * @param account its name; null if it has none
   * @param config as the plugin gets it
   * @param literals the keys of what stands in the file itself
   */
  static String of(
      String plugin, @Nullable String account, JsonObject config, Set<String> literals) {
    AccountPrint print = new AccountPrint(literals);
    print.object(config, "config.");
    if (account != null) {
      return hash(plugin + print.addresses) + "-" + hash(plugin + " " + account);
    }
    return print.addresses.isEmpty() && print.secrets.isEmpty()
        ? ""
        : hash(plugin + print.addresses) + "-" + hash(plugin + print.secrets);
  }

  private static String hash(String text) {
    return HexFormat.of().formatHex(Sha256.of(text.getBytes(StandardCharsets.UTF_8)), 0, BYTES);
  }

  private void object(JsonObject object, String prefix) {
    for (Map.Entry<String, @Nullable Object> entry : object) {
      value(entry.getValue(), prefix + entry.getKey(), prefix + entry.getKey());
    }
  }

  /**
   * Takes in a value.
   *
   * @param key as the loader names it, where all values of a list have the key of the list
   * @param place where it stands
   */
  private void value(@Nullable Object value, String key, String place) {
    if (value instanceof JsonObject object) {
      object(object, place + ".");
    } else if (value instanceof JsonArray list) {
      for (int i = 0; i < list.size(); i++) {
        value(list.getValue(i), key, place + "[" + i + "]");
      }
    } else if (value != null && !key.contains("webhook")) {
      text(value.toString(), key, place);
    }
  }

  private void text(String text, String key, String place) {
    if (text.startsWith("http://") || text.startsWith("https://")) {
      addresses.put(place, text);
    } else if (!literals.contains(key)) {
      secrets.put(place, text);
    }
  }
}
