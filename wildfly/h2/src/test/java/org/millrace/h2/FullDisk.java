package org.millrace.h2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** A file system for H2 ({@code jdbc:h2:fulldisk:/path}) that has no room while it is told so. */
public final class FullDisk extends FilePathWrapper {

  /** How many more writes find none. */
  private static final AtomicInteger REFUSED = new AtomicInteger();

  /** A database on it. */
  static JdbcDataSource database(Path folder) {
    FilePath.register(new FullDisk());
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:fulldisk:" + folder.resolve("database") + ";WRITE_DELAY=0");
    database.setUser("millrace");
    return database;
  }

  static void fill() {
    fill(Integer.MAX_VALUE);
  }

  /** Fills it until so many writes have found no room; then there is room again. */
  static void fill(int writes) {
    REFUSED.set(writes);
  }

  static void free() {
    REFUSED.set(0);
  }

  @Override
  public String getScheme() {
    return "fulldisk";
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new Channel(super.open(mode));
  }

  private static final class Channel extends PassingChannel {

    Channel(FileChannel file) {
      super(file);
    }

    @Override
    public synchronized int write(ByteBuffer source, long position) throws IOException {
      long room = Math.max(0, size() - position);
      if (source.remaining() <= room
          || REFUSED.getAndUpdate(writes -> Math.max(0, writes - 1)) == 0) {
        return super.write(source, position);
      }
      ByteBuffer fitting = source.duplicate();
      fitting.limit(source.position() + (int) room);
      super.write(fitting, position);
      throw new IOException("No space left on device");
    }
  }
}
