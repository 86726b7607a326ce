package io.signalbox.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document is written once; what the gateway starts with says the same. */
class ContractFileTest {
  @TempDir private Path dir;

  @Test
  void whatIsReadAtTheStartIsWhatTheYamlSays() throws IOException {
    JsonObject ofYaml = ContractFile.lean(ContractFile.ofYaml(yaml()));
    assertThat(ContractFile.read()).isEqualTo(ofYaml);
    Path source = Files.writeString(dir.resolve("openapi.yaml"), yaml());
    Path made = dir.resolve("contract.json");
    ContractFile.main(new String[] {source.toString(), made.toString()});
    assertThat(new JsonObject(Buffer.buffer(Files.readAllBytes(made)))).isEqualTo(ofYaml);
  }

  @Test
  void callsAreThoseOfTheWholeDocument() throws IOException {
    Contract lean = Contract.read();
    Contract whole = Contract.of(ContractFile.ofYaml(yaml()));
    assertThat(lean.operations()).hasSameSizeAs(whole.operations());
    for (int i = 0; i < lean.operations().size(); i++) {
      Operation one = lean.operations().get(i);
      Operation other = whole.operations().get(i);
      assertThat(one.id()).isEqualTo(other.id());
      assertThat(one.method()).isEqualTo(other.method());
      assertThat(one.template()).isEqualTo(other.template());
      assertThat(one.parameters().stream().map(Operation.Parameter::name))
          .isEqualTo(other.parameters().stream().map(Operation.Parameter::name).toList());
      assertThat(one.bodies().keySet()).isEqualTo(other.bodies().keySet());
      assertThat(one.maxBytes()).isEqualTo(other.maxBytes());
      assertThat(one.produced()).isEqualTo(other.produced());
      assertThat(one.keyed()).isEqualTo(other.keyed());
    }
  }

  @Test
  void fieldsAreKeptThatHaveTheNameOfAWordForPeople() {
    JsonObject schema =
        new JsonObject()
            .put("title", "A note")
            .put("description", "What it is")
            .put(
                "properties",
                new JsonObject()
                    .put("title", new JsonObject().put("type", "string").put("example", "x"))
                    .put("example", new JsonObject().put("type", "integer")));
    JsonObject document =
        new JsonObject()
            .put("paths", new JsonObject())
            .put(
                "components",
                new JsonObject().put("schemas", new JsonObject().put("Note", schema)));
    assertThat(
            ContractFile.lean(document)
                .getJsonObject("components")
                .getJsonObject("schemas")
                .getJsonObject("Note"))
        .isEqualTo(
            new JsonObject()
                .put(
                    "properties",
                    new JsonObject()
                        .put("title", new JsonObject().put("type", "string"))
                        .put("example", new JsonObject().put("type", "integer"))));
  }

  private static String yaml() throws IOException {
    try (InputStream in = ContractFile.class.getResourceAsStream("/openapi/openapi.yaml")) {
      return Buffer.buffer(Objects.requireNonNull(in).readAllBytes()).toString();
    }
  }
}
