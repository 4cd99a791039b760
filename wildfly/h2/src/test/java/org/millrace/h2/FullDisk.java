package org.millrace.h2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** A file system for H2 ({@code jdbc:h2:fulldisk:/path}) that has no room while it is told so. */
public final class FullDisk extends FilePathWrapper {

  private static final AtomicBoolean FULL = new AtomicBoolean();

  static void register() {
    FilePath.register(new FullDisk());
  }

  static void fill() {
    FULL.set(true);
  }

  static void free() {
    FULL.set(false);
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
      if (FULL.get()) {
        throw new IOException("No space left on device");
      }
      return super.write(source, position);
    }
  }
}
