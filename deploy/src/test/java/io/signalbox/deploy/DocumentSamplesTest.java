package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java samples of the documents compile against the SPI and the toolkit as they are. */
class DocumentSamplesTest {
  private static final Path GUIDE = Path.of("..", "docs", "writing-a-provider.md");
  private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern TYPE =
      Pattern.compile("^(?:public )?(?:final )?(?:class|record) (\\w+)", Pattern.MULTILINE);

  @Test
  void samplesOfTheProviderGuideCompile(@TempDir Path classes) throws IOException {
    List<JavaFileObject> samples =
        BLOCK
            .matcher(Files.readString(GUIDE))
            .results()
            .map(block -> sample(block.group(1)))
            .toList();
    assertThat(samples).hasSizeGreaterThanOrEqualTo(5);

    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of(
            "-d",
            classes.toString(),
            "-classpath",
            System.getProperty("java.class.path"),
            "-proc:none",
            "-Xlint:all,-classfile,-path,-options",
            "-Werror");
    boolean compiled = compiler.getTask(messages, null, null, options, null, samples).call();

    assertThat(compiled).as(messages.toString()).isTrue();
  }

  private static JavaFileObject sample(String source) {
    String name =
        TYPE.matcher(source)
            .results()
            .findFirst()
            .map(type -> type.group(1))
            .orElseThrow(() -> new AssertionError("a sample declares no type:\n" + source));
    return new Source(name, source);
  }

  /** A source file that exists in memory only. */
  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
