package io.signalbox.toolkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.spi.ConfigException;
import io.signalbox.spi.ConfigProblem;
import io.signalbox.spi.ConfigReader;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigBlocksTest {
  @Test
  void readsNestedBlocksAndLists() {
    ConfigReader reader =
        reader("{'block':{'inner':{'a':1}},'rows':[{'b':'x'},{'b':'y'}]}".replace('\'', '"'));

    assertThat(reader.block("block").block("inner").integer("a", 0, 0, 9)).isEqualTo(1);
    List<ConfigReader> rows = reader.blocks("rows");
    assertThat(rows).extracting(row -> row.requiredText("b")).containsExactly("x", "y");
    assertThat(reader.block("missing").keys()).isEmpty();
    assertThat(reader.blocks("missing")).isEmpty();
    reader.finish();
  }

  @Test
  void tellsMistakesOfAllDepthsUnderTheirFullKeys() {
    ConfigReader reader =
        reader("{'block':{'inner':{'surplus':1}},'rows':[{},7],'flat':3}".replace('\'', '"'));
    reader.block("block").block("inner").requiredText("a");
    reader.blocks("rows").forEach(row -> row.integer("b", 0, 0, 9));
    reader.block("flat");

    ConfigException failure = catchThrowableOfType(ConfigException.class, reader::finish);

    assertThat(failure.problems())
        .extracting(ConfigProblem::key)
        .containsExactlyInAnyOrder(
            "config.block.inner.a", "config.block.inner.surplus", "config.rows[1]", "config.flat");
  }

  @Test
  void noSecretMayStandInTheFileWhereThatIsAskedFor() {
    String json =
        "{'key':'s3cret','name':'me','old':['s3cret'],'block':{'word':'s3cret'},'ref':'x'}";
    ConfigReader reader =
        new ConfigReader(
            new JsonObject(json.replace('\'', '"')),
            "config.",
            Set.of("config.key", "config.name", "config.old", "config.block.word"));
    reader.requiredText("name");
    reader.requiredSecret("key");
    reader.requiredSecret("ref");
    reader.secrets("old");
    reader.block("block").secret("word");

    ConfigException failure = catchThrowableOfType(ConfigException.class, reader::finish);

    assertThat(failure.problems())
        .extracting(ConfigProblem::key)
        .containsExactlyInAnyOrder("config.key", "config.old", "config.block.word");
    assertThat(failure).hasMessageContaining("${env:NAME}").hasMessageNotContaining("s3cret");
  }

  private static ConfigReader reader(String json) {
    return new ConfigReader(new JsonObject(json), "config.");
  }
}
