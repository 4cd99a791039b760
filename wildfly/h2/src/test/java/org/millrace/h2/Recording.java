package org.millrace.h2;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A file system for H2 ({@code jdbc:h2:recording:/path}) that keeps the order of all writes to the
 * one database it is used for, and of what else is noted. What a killed process leaves is what was
 * written up to some moment: so each beginning of this record is a kill.
 */
public final class Recording extends FilePathWrapper {

  /** Something that happened: a write, or what was noted. */
  sealed interface Event {}

  record Write(long position, ByteBuffer bytes) implements Event {}

  record Truncation(long size) implements Event {}

  record Note(String text) implements Event {}

  private static final List<Event> EVENTS = new ArrayList<>();

  static void register() {
    FilePath.register(new Recording());
  }

  static void note(String text) {
    synchronized (EVENTS) {
      EVENTS.add(new Note(text));
    }
  }

  /** What happened since the last call. */
  static List<Event> take() {
    synchronized (EVENTS) {
      List<Event> events = List.copyOf(EVENTS);
      EVENTS.clear();
      return events;
    }
  }

  @Override
  public String getScheme() {
    return "recording";
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
      ByteBuffer bytes = ByteBuffer.allocate(source.remaining()).put(source.duplicate()).flip();
      synchronized (EVENTS) {
        EVENTS.add(new Write(position, bytes));
        return super.write(source, position);
      }
    }

    @Override
    protected void implTruncate(long size) throws IOException {
      synchronized (EVENTS) {
        EVENTS.add(new Truncation(size));
        super.implTruncate(size);
      }
    }
  }

  /** The file, made again from the writes. */
  static final class Image {

    private byte[] bytes = new byte[1 << 20];
    private int size;

    void apply(Event event) {
      if (event instanceof Truncation truncation) {
        Arrays.fill(bytes, (int) Math.min(size, truncation.size()), size, (byte) 0);
        size = (int) Math.min(size, truncation.size());
      } else if (event instanceof Write write) {
        int length = write.bytes().remaining();
        int end = (int) write.position() + length;
        while (end > bytes.length) {
          bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        write.bytes().get(0, bytes, (int) write.position(), length);
        size = Math.max(size, end);
      }
    }

    ByteArrayInputStream content() {
      return new ByteArrayInputStream(bytes, 0, size);
    }
  }
}
