package org.millrace.it;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * As much of STOMP 1.2 as the tests need: a socket and text, as a script of a user's own would do.
 */
final class StompClient implements WireClient {

  private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

  /** No command of STOMP's: the connection is no more. */
  private static final String CLOSED = "CLOSED";

  /** A frame as it came. */
  record Frame(String command, Map<String, String> headers, String body) {}

  private final Socket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final BlockingQueue<Frame> answers = new LinkedBlockingQueue<>();
  private final Map<String, BlockingQueue<Frame>> inboxes = new ConcurrentHashMap<>();

  StompClient(String host, int port, String user, String password) {
    try {
      socket = new Socket(host, port);
      Thread reader = new Thread(this::read, "stomp-reader");
      reader.setDaemon(true);
      reader.start();
      Map<String, String> headers = new LinkedHashMap<>();
      headers.put("accept-version", "1.2");
      headers.put("host", host);
      if (user != null) {
        headers.put("login", user);
        headers.put("passcode", password);
      }
      write("CONNECT", headers, new byte[0]);
      expect("CONNECTED", "login of " + user);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void send(String queue, Outgoing message) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("destination", "jms.queue." + queue);
    if (message.replyTo() != null) {
      headers.put("reply-to", "jms.queue." + message.replyTo());
    }
    if (message.correlationId() != null) {
      headers.put("correlation-id", message.correlationId());
    }
    message.properties().forEach((name, value) -> headers.put(name, String.valueOf(value)));
    ask("SEND", headers, message.body().getBytes(StandardCharsets.UTF_8), "send to " + queue);
  }

  /** Sends a letter as it is; text with a NUL in it goes as bytes, for it would end the frame. */
  void send(Letter letter, String replyTo) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("destination", "jms.queue." + letter.queue());
    letter.properties().forEach((name, value) -> headers.put(name, String.valueOf(value)));
    headers.put("mark", letter.mark());
    headers.put("correlation-id", letter.mark());
    headers.put("reply-to", "jms.queue." + replyTo);
    boolean hasNul = IntStream.range(0, letter.body().length).anyMatch(i -> letter.body()[i] == 0);
    if (hasNul || letter.kind() == Letter.Kind.BYTES) {
      headers.put("content-length", String.valueOf(letter.body().length));
    }
    ask("SEND", headers, letter.body(), "send to " + letter.queue());
  }

  @Override
  public Inbox consume(String queue) {
    return inbox("jms.queue." + queue);
  }

  @Override
  public Inbox subscribe(String topic) {
    return inbox("jms.topic." + topic);
  }

  private Inbox inbox(String destination) {
    String id = String.valueOf(ids.incrementAndGet());
    BlockingQueue<Frame> inbox = new LinkedBlockingQueue<>();
    inboxes.put(id, inbox);
    ask(
        "SUBSCRIBE",
        new LinkedHashMap<>(
            Map.of("id", id, "destination", destination, "ack", "client-individual")),
        new byte[0],
        "consume from " + destination);
    return timeout -> {
      Frame frame = poll(inbox, timeout);
      if (frame == null) {
        return null;
      }
      try {
        ask(
            "ACK",
            new LinkedHashMap<>(Map.of("id", frame.headers().get("ack"))),
            new byte[0],
            "acknowledge");
      } catch (UncheckedIOException e) {
        // The broker ended, and may have it acknowledged or not: it was read in any case.
      }
      return new WireMessage(frame.body(), frame.headers().get("correlation-id"), frame.headers());
    };
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a frame and waits until the broker says that it has done what the frame asks. */
  private synchronized void ask(
      String command, Map<String, String> headers, byte[] body, String what) {
    headers.put("receipt", "r" + ids.incrementAndGet());
    try {
      write(command, headers, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    expect("RECEIPT", what);
  }

  private void expect(String command, String what) {
    Frame frame = poll(answers, ANSWER_TIMEOUT);
    if (frame == null) {
      throw new AssertionError("No answer to " + what);
    }
    if (frame.command().equals("ERROR")) {
      throw new Refused(what + ": " + frame, null);
    }
    if (frame.command().equals(CLOSED)) {
      answers.add(frame); // For whoever asks next.
      throw new UncheckedIOException(what, new EOFException(frame.body()));
    }
    if (!frame.command().equals(command)) {
      throw new AssertionError(what + ": " + frame);
    }
  }

  private static Frame poll(BlockingQueue<Frame> frames, Duration timeout) {
    try {
      return frames.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void write(String command, Map<String, String> headers, byte[] body) throws IOException {
    StringBuilder frame = new StringBuilder(command).append('\n');
    // The headers of CONNECT are the only ones that STOMP 1.2 does not escape; ours need none.
    headers.forEach(
        (name, value) -> frame.append(escape(name)).append(':').append(escape(value)).append('\n'));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(frame.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(body);
    bytes.write(0);
    OutputStream out = socket.getOutputStream();
    bytes.writeTo(out);
    out.flush();
  }

  private void read() {
    try {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (true) {
        Frame frame = readFrame(in);
        if (frame.command().equals("MESSAGE")) {
          inboxes.get(frame.headers().get("subscription")).add(frame);
        } else {
          answers.add(frame);
        }
      }
    } catch (IOException e) {
      // For whoever waits for an answer: there will be none.
      answers.add(new Frame(CLOSED, Map.of(), e.toString()));
    }
  }

  private static Frame readFrame(InputStream in) throws IOException {
    String command = line(in);
    while (command.isEmpty()) {
      command = line(in);
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.putIfAbsent(unescape(line.substring(0, colon)), unescape(line.substring(colon + 1)));
    }
    byte[] body;
    if (headers.containsKey("content-length")) {
      body = in.readNBytes(Integer.parseInt(headers.get("content-length")));
      until(in, '\0');
    } else {
      body = until(in, '\0');
    }
    return new Frame(command, headers, new String(body, StandardCharsets.UTF_8));
  }

  private static String line(InputStream in) throws IOException {
    return new String(until(in, '\n'), StandardCharsets.UTF_8);
  }

  private static byte[] until(InputStream in, char end) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int b = in.read(); b != end; b = in.read()) {
      if (b < 0) {
        throw new EOFException("The broker closed the connection");
      }
      bytes.write(b);
    }
    return bytes.toByteArray();
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\r", "\\r").replace("\n", "\\n").replace(":", "\\c");
  }

  private static String unescape(String text) {
    return ESCAPED
        .matcher(text)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    switch (match.group(1)) {
                      case "r" -> "\r";
                      case "n" -> "\n";
                      case "c" -> ":";
                      default -> match.group(1);
                    }));
  }
}
