package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide's Java is that of the template, which fits the SPI and the toolkit as they are. */
class DocumentSamplesTest {
  private static final Path GUIDE = Path.of("..", "docs", "writing-a-provider.md");
  private static final Path TEMPLATE = Path.of("..", "plugins", "template");
  private static final Pattern BLOCK = Pattern.compile("```java\\n");
  private static final Pattern SAMPLE =
      Pattern.compile("(?<=<!-- file: (\\S{1,200}) -->\\n```java\\n)(.*?)(?=```)", Pattern.DOTALL);

  @Test
  void samplesOfTheProviderGuideAreFilesOfTheTemplate() throws IOException {
    String guide = Files.readString(GUIDE);
    List<MatchResult> samples = SAMPLE.matcher(guide).results().toList();
    assertThat(samples).hasSizeGreaterThanOrEqualTo(5).hasSize(count(BLOCK, guide));

    StringBuilder renewed = new StringBuilder();
    Matcher sample = SAMPLE.matcher(guide);
    while (sample.find()) {
      String file = Files.readString(TEMPLATE.resolve(sample.group(1)));
      sample.appendReplacement(renewed, Matcher.quoteReplacement(file));
    }
    sample.appendTail(renewed);
    if (Boolean.getBoolean("signalbox.docs.update")) {
      Files.writeString(GUIDE, renewed);
    }
    assertThat(Files.readString(GUIDE))
        .as("docs/writing-a-provider.md; renew it with -Dsignalbox.docs.update=true")
        .isEqualTo(renewed.toString());
  }

  @Test
  void templateCompilesWithoutWarnings(@TempDir Path classes) throws IOException {
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
    boolean compiled;
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      compiled =
          compiler
              .getTask(
                  messages,
                  files,
                  null,
                  options,
                  null,
                  files.getJavaFileObjectsFromPaths(sources()))
              .call();
    }

    assertThat(compiled).as(messages.toString()).isTrue();
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(TEMPLATE)) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      assertThat(sources).hasSizeGreaterThanOrEqualTo(10);
      return sources;
    }
  }

  private static int count(Pattern pattern, String text) {
    return (int) pattern.matcher(text).results().count();
  }
}
