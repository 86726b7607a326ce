package io.signalbox.gateway.ledger.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.IntSupplier;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;
import org.sqlite.SQLiteOpenMode;

/** Opens connections to one ledger file, each with the settings of its use. Thread-safe. */
final class ConnectionFactory {
  private static final int PAGE_BYTES = 4096;
  // Negative: in KiB instead of pages.
  private static final int WRITER_CACHE = -65_536;
  private static final int READER_CACHE = -8_192;
  private static final int BUSY_TIMEOUT_MILLIS = 5_000;
  private static final int CHECKPOINT_TIMEOUT_MILLIS = 50;
  private static final int WAL_FILE_LIMIT_BYTES = 64 << 20;

  private final String url;
  private final IntSupplier maxPages;

  /**
   * Makes a factory.
   *
   * @param maxPages how many pages the file may have, asked at each opening; 0 for no limit
   */
  ConnectionFactory(Path file, IntSupplier maxPages) {
    this.url = "jdbc:sqlite:" + file.toAbsolutePath();
    this.maxPages = maxPages;
  }

  /** The connection that writes. Checkpoints are left to the {@link Checkpointer}. */
  Connection writer() throws SQLException {
    SQLiteConfig config = common(WRITER_CACHE);
    config.setPageSize(PAGE_BYTES);
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setPragma(Pragma.WAL_AUTOCHECKPOINT, "0");
    config.setJournalSizeLimit(WAL_FILE_LIMIT_BYTES);
    // Zeroes in the place of what is removed: it may be personal.
    config.setPragma(Pragma.SECURE_DELETE, "true");
    int pages = maxPages.getAsInt();
    if (pages > 0) {
      config.setMaxPageCount(pages);
    }
    return inTransactions(config.createConnection(url));
  }

  /** A connection that reads what is committed. */
  Connection reader() throws SQLException {
    SQLiteConfig config = common(READER_CACHE);
    config.setReadOnly(true);
    return inTransactions(config.createConnection(url));
  }

  /** The connection that moves pages from the write-ahead log into the file. */
  Connection checkpointer() throws SQLException {
    SQLiteConfig config = common(READER_CACHE);
    config.setSynchronous(SynchronousMode.FULL);
    // The writer may stand still meanwhile, so no reader is waited for long.
    config.setBusyTimeout(CHECKPOINT_TIMEOUT_MILLIS);
    return config.createConnection(url);
  }

  private static SQLiteConfig common(int cache) {
    SQLiteConfig config = new SQLiteConfig();
    // One thread at a time uses a connection, and the driver locks it besides.
    config.setOpenMode(SQLiteOpenMode.NOMUTEX);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    config.setCacheSize(cache);
    config.setTempStore(TempStore.MEMORY);
    config.setGetGeneratedKeys(false);
    return config;
  }

  private static Connection inTransactions(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    return connection;
  }
}
