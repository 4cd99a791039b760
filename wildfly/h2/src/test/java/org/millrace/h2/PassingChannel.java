package org.millrace.h2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBaseDefault;

/** A file of H2's that has another one do all that it is asked for. */
abstract class PassingChannel extends FileBaseDefault {

  private final FileChannel file;

  PassingChannel(FileChannel file) {
    this.file = file;
  }

  @Override
  public synchronized int write(ByteBuffer source, long position) throws IOException {
    return file.write(source, position);
  }

  @Override
  protected void implTruncate(long size) throws IOException {
    file.truncate(size);
  }

  @Override
  public synchronized int read(ByteBuffer target, long position) throws IOException {
    return file.read(target, position);
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public void force(boolean metaData) throws IOException {
    file.force(metaData);
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return file.tryLock(position, size, shared);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    file.close();
  }
}
