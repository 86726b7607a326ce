package io.signalbox.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettledFilesTest {
  private static final Path A = Path.of("a.jar");
  private static final Path B = Path.of("b.jar");
  private static final FileStamp ONE = stamp(1);
  private static final FileStamp TWO = stamp(2);
  private final SettledFiles files = new SettledFiles(Duration.ofNanos(10));

  private static FileStamp stamp(long bytes) {
    return new FileStamp(
        bytes, FileTime.fromMillis(bytes), "inode " + bytes, FileTime.fromMillis(bytes));
  }

  @Test
  void firstLookTakesAll() {
    assertThat(files.look(Map.of(A, ONE), 0)).containsOnly(Map.entry(A, ONE));
    assertThat(files.isSettling()).isFalse();
  }

  @Test
  void aChangingFileCountsAsItWasUntilItHasSettled() {
    files.look(Map.of(A, ONE), 0);
    assertThat(files.look(Map.of(A, TWO), 5)).containsOnly(Map.entry(A, ONE));
    assertThat(files.look(Map.of(A, stamp(3)), 14)).containsOnly(Map.entry(A, ONE));
    assertThat(files.look(Map.of(A, stamp(3)), 23)).containsOnly(Map.entry(A, ONE));
    assertThat(files.isSettling()).isTrue();
    assertThat(files.look(Map.of(A, stamp(3)), 24)).containsOnly(Map.entry(A, stamp(3)));
    assertThat(files.isSettling()).isFalse();
  }

  @Test
  void aNewFileAppearsWhenItHasSettled() {
    files.look(Map.of(), 0);
    assertThat(files.look(Map.of(A, ONE), 1)).isEmpty();
    assertThat(files.look(Map.of(A, ONE), 11)).containsOnlyKeys(A);
  }

  @Test
  void aRemovedFileStaysForAWhileSoThatRemoveAndWriteIsAChange() {
    files.look(Map.of(A, ONE), 0);
    assertThat(files.look(Map.of(), 1)).containsOnlyKeys(A);
    assertThat(files.look(Map.of(A, TWO), 9)).containsOnly(Map.entry(A, ONE));
    assertThat(files.look(Map.of(A, TWO), 19)).containsOnly(Map.entry(A, TWO));
    files.look(Map.of(), 20);
    assertThat(files.look(Map.of(), 30)).isEmpty();
  }

  @Test
  void aRenamedFileIsKnownAlready() {
    files.look(Map.of(A, ONE), 0);
    assertThat(files.look(Map.of(B, ONE), 1)).containsOnlyKeys(A, B);
    assertThat(files.look(Map.of(B, ONE), 11)).containsOnlyKeys(B);
  }

  @Test
  void aRenameThatTheFileSystemNotesIsStillTheSameFile() {
    files.look(Map.of(A, ONE), 0);
    FileStamp renamed =
        new FileStamp(ONE.bytes(), ONE.modified(), ONE.identity(), FileTime.fromMillis(99));
    assertThat(files.look(Map.of(B, renamed), 1)).containsEntry(B, renamed);
  }

  @Test
  void aTimeOfWholeSecondsSettlesForOneBecauseAFurtherWriteMightNotShow() {
    files.look(Map.of(), 0);
    FileTime time = FileTime.fromMillis(7_000);
    FileStamp coarse = new FileStamp(1, time, "a", time);
    assertThat(files.look(Map.of(A, coarse), 1)).isEmpty();
    assertThat(files.look(Map.of(A, coarse), 11)).isEmpty();
    long second = Duration.ofSeconds(1).toNanos();
    assertThat(files.look(Map.of(A, coarse), second)).isEmpty();
    assertThat(files.look(Map.of(A, coarse), second + 1)).containsOnlyKeys(A);
    // Its removal as well, so that what takes its place under another name comes first.
    files.look(Map.of(), second + 2);
    assertThat(files.look(Map.of(), second + 12)).containsOnlyKeys(A);
    assertThat(files.look(Map.of(), 2 * second + 2)).isEmpty();
  }

  @Test
  void changingBackForgetsTheChange() {
    files.look(Map.of(A, ONE), 0);
    files.look(Map.of(A, TWO), 1);
    files.look(Map.of(A, ONE), 2);
    assertThat(files.isSettling()).isFalse();
    assertThat(files.look(Map.of(A, TWO), 12)).containsOnly(Map.entry(A, ONE));
  }
}
