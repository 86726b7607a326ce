package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.rental.RentWish;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RentBodyTest {
  @Test
  void readsAWishAndKeepsAmountsAsTheyAre() {
    RentWish wish =
        read(
            "{'country':'US','service':'wa','max_price':0.123456,'provider':'alpha',"
                + "'policy':'cheapest'}");
    assertThat(wish)
        .isEqualTo(new RentWish("us", "wa", new BigDecimal("0.123456"), "alpha", "cheapest"));
    assertThat(RentWish.of(wish.toJson())).isEqualTo(wish);
    RentWish bare = read("{'country':'us','service':'wa'}");
    assertThat(RentWish.of(bare.toJson())).isEqualTo(bare);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'country':'usa','service':'wa'}|/country",
        "{'country':'us','service':'w a'}|/service",
        "{'country':'us','service':'wa','max_price':0}|/max_price",
        "{'country':'us','service':'wa','max_price':0.1234567}|/max_price",
        "{'country':'us','service':'wa','max_price':1e9}|/max_price",
        "{'country':'us','service':'wa','provider':'beta'}|/provider"
      })
  void namesWhatIsWrong(String body, String pointer) {
    assertThatThrownBy(() -> read(body))
        .isInstanceOfSatisfying(
            InvalidBodyException.class,
            refusal ->
                assertThat(refusal.problems())
                    .singleElement()
                    .matches(problem -> problem.pointer().equals(pointer)));
  }

  private static RentWish read(String body) {
    return RentBody.read(new JsonObject(body.replace('\'', '"')), "alpha"::equals);
  }
}
