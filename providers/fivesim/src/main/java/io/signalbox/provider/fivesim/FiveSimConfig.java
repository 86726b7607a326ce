package io.signalbox.provider.fivesim;

import io.signalbox.spi.ConfigReader;
import io.signalbox.spi.Secret;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The {@code config:} part of a 5sim provider.
 *
 * @param token {@code token}
 * @param operator {@code operator}: one of 5sim's names of operators, or {@code any}
 * @param currency {@code currency}: what 5sim's prices are counted in; its answers do not say
 * @param names {@code countries} and {@code services}: what 5sim calls them
 * @param baseUrl without a slash at its end
 */
record FiveSimConfig(Secret token, String operator, String currency, Names names, String baseUrl) {
  static final String DEFAULT_BASE_URL = "https://5sim.net/v1";
  static final String ANY_OPERATOR = "any";

  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
  private static final Pattern COUNTRY = Pattern.compile("[a-z]{2}");

  static FiveSimConfig read(ConfigReader reader) {
    String operator = reader.text("operator").orElse(ANY_OPERATOR);
    if (!Names.isName(operator)) {
      reader.problem("operator", "must be a name of 5sim: small letters and digits, or any");
    }
    String currency = reader.requiredText("currency");
    if (!currency.isEmpty() && !CURRENCY.matcher(currency).matches()) {
      reader.problem("currency", "must be three capital letters of ISO 4217, such as USD");
    }
    FiveSimConfig config =
        new FiveSimConfig(
            reader.requiredSecret("token"),
            operator,
            currency,
            new Names(
                names(reader.block("countries"), COUNTRY, "must be named by its ISO code of two"),
                names(reader.block("services"), Names.NAME, "must be a word")),
            reader.url("base_url", DEFAULT_BASE_URL));
    reader.finish();
    return config;
  }

  private static Map<String, String> names(ConfigReader block, Pattern word, String expected) {
    Map<String, String> names = new HashMap<>();
    for (String key : block.keys()) {
      if (!word.matcher(key).matches()) {
        block.problem(key, expected + " small letters");
      }
      String name = block.text(key).orElse("");
      if (!name.isEmpty() && !Names.isName(name)) {
        block.problem(key, "must be a name of 5sim: small letters and digits");
      }
      names.put(key, name);
    }
    return names;
  }
}
