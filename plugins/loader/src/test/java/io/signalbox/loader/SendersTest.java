package io.signalbox.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.ConfigProblem;
import io.signalbox.spi.ConfigReader;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SendersTest {

  @ParameterizedTest
  @CsvSource({
    "orders@Example.com, example.com",
    "Orders <orders@mg.example.com>, mg.example.com",
    "orders@b\u00fccher.example, xn--bcher-kva.example",
    "+15550001234,",
    "AcmeInc,",
  })
  void withoutTheKeyItIsTheDomainOfItsOwnFrom(String from, String domain) {
    Senders senders = read(new JsonObject(), new JsonObject().put("from", from));

    assertThat(senders.entries()).isEqualTo(domain == null ? Set.of() : Set.of(domain));
  }

  @Test
  void itsOwnAddressAlwaysMay() {
    Senders senders =
        read(
            new JsonObject().put("senders", new JsonArray().add("A.example").add("b@C.example")),
            new JsonObject().put("from", "Own <own@own.example>"));

    assertThat(senders.allow("any@a.example")).isTrue();
    assertThat(senders.allow("B@c.Example")).isTrue();
    assertThat(senders.allow("own@own.example")).isTrue();
    assertThat(senders.allow("other@own.example")).isFalse();
    assertThat(senders.allow("other@c.example")).isFalse();
    assertThat(senders.allow("any@sub.a.example")).isFalse();
  }

  @Test
  void aStarIsAllOfThem() {
    assertThat(read(new JsonObject().put("senders", "*"), new JsonObject()).allow("a@b.example"))
        .isTrue();
  }

  @Test
  void nobodyMayWhereNothingIsSaid() {
    assertThat(read(new JsonObject(), new JsonObject()).allow("a@b.example")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Orders <a@b.example>", "*.b.example", "a@b@c", "", "b\u00fccher.example"})
  void whatIsNeitherDomainNorAddressIsAMistake(String entry) {
    ConfigReader reader =
        new ConfigReader(
            new JsonObject().put("senders", new JsonArray().add("good.example").add(entry)), "");
    Senders.read(reader, new JsonObject());

    assertThat(reader.problems()).extracting(ConfigProblem::key).containsExactly("senders");
  }

  private static Senders read(JsonObject file, JsonObject config) {
    ConfigReader reader = new ConfigReader(file, "");
    Senders senders = Senders.read(reader, config);
    reader.finish();
    return senders;
  }
}
