package io.signalbox.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccountPrintTest {
  private static final Set<String> LITERALS =
      Set.of("config.base_url", "config.currency", "config.countries.us");

  private static JsonObject config() {
    return new JsonObject()
        .put("api_key", "one")
        .put("webhook_secret", new JsonArray().add("old").add("new"))
        .put("base_url", "https://a.example")
        .put("currency", "USD")
        .put("countries", new JsonObject().put("us", "187"));
  }

  private static String print(JsonObject config) {
    return AccountPrint.of("plugin", null, config, LITERALS);
  }

  @Test
  void otherCredentialsAndAddressesAreOtherAccounts() {
    String print = print(config());
    assertThat(print).matches("[0-9a-f]{8}-[0-9a-f]{8}").isEqualTo(print(config()));
    String address = print.substring(0, 9);
    assertThat(print(config().put("api_key", "two"))).isNotEqualTo(print).startsWith(address);
    assertThat(print(config().put("base_url", "https://b.example"))).doesNotStartWith(address);
  }

  @Test
  void anAccountWithANameStaysTheSameWithOtherCredentials() {
    String print = named("main", config());
    assertThat(print).matches("[0-9a-f]{8}-[0-9a-f]{8}").isNotEqualTo(print(config()));
    assertThat(named("main", config().put("api_key", "two"))).isEqualTo(print);
    assertThat(named("other", config())).isNotEqualTo(print).startsWith(print.substring(0, 9));
    assertThat(named("main", config().put("base_url", "https://b.example")))
        .doesNotStartWith(print.substring(0, 9));
  }

  private static String named(String account, JsonObject config) {
    return AccountPrint.of("plugin", account, config, LITERALS);
  }

  @Test
  void whatSaysNothingOfTheAccountMayChange() {
    String print = print(config());
    assertThat(print(config().put("currency", "EUR"))).isEqualTo(print);
    assertThat(print(config().put("countries", new JsonObject().put("us", "12")))).isEqualTo(print);
    assertThat(print(config().put("webhook_secret", "newer"))).isEqualTo(print);
    assertThat(print(new JsonObject().put("currency", "USD"))).isEmpty();
  }
}
