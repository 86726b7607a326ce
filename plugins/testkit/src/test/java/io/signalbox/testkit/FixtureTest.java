package io.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixtureTest {
  @TempDir Path folder;

  @Test
  void loadsPairs() throws IOException {
    write("a.json", "{}");
    write("a.expected.json", "[]");
    write("b.form", "x=1");
    write("b.expected.json", "[]");

    List<Fixture> fixtures = Fixture.loadAll(folder);

    assertThat(fixtures).extracting(Fixture::name).containsExactly("a", "b");
    assertThat(fixtures).extracting(Fixture::kind).containsExactly("json", "form");
    assertThat(fixtures.get(0).expected()).isEqualTo(new JsonArray());
  }

  @Test
  void fileWithoutItsExpectationFails() throws IOException {
    write("a.json", "{}");
    assertThatThrownBy(() -> Fixture.loadAll(folder)).hasMessageContaining("a.expected.json");
  }

  @Test
  void expectationWithoutItsFileFails() throws IOException {
    write("a.expected.json", "[]");
    assertThatThrownBy(() -> Fixture.loadAll(folder)).hasMessageContaining("nothing reads");
  }

  @Test
  void fileOfAnotherKindFails() throws IOException {
    write("a.txt", "{}");
    write("a.expected.json", "[]");
    assertThatThrownBy(() -> Fixture.loadAll(folder)).hasMessageContaining("a.txt");
  }

  private void write(String name, String text) throws IOException {
    Path unused = Files.writeString(folder.resolve(name), text);
  }
}
